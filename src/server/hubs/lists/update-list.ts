import type { List, ListId, UpdateList } from '../../../contract/index.ts'
import { recordAudit } from '../../events/index.ts'
import type { Actor, Ctx } from '../../platform/index.ts'
import { updateSettings } from './queries.ts'
import { getLockedList, readList } from './read-list.ts'

/** What holds for a list in any state: its share of the number, and whether it may go on by itself. */
export async function updateList(
  ctx: Ctx,
  actor: Actor,
  { listId, changes }: { listId: ListId; changes: UpdateList },
): Promise<List> {
  const { workspaceId } = actor
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const { id, name, auto_resume, weight } = await getLockedList(tx, workspaceId, listId)
    await updateSettings(tx, workspaceId, id, changes)
    await recordAudit(tx, actor, {
      action: 'list.changed',
      subject_id: id,
      subject_name: name,
      before: { auto_resume, weight },
      after: changes,
    })
  })
  ctx.live.changed(workspaceId, { topic: 'list', id: listId })
  return readList(ctx, workspaceId, listId)
}
