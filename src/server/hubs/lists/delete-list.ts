import type { ListId } from '../../../contract/index.ts'
import { recordAudit } from '../../events/index.ts'
import type { Actor, Ctx } from '../../platform/index.ts'
import { wrongState } from './change-list.ts'
import { judgeAct } from './list.ts'
import { deleteListRow } from './queries.ts'
import { getLockedList } from './read-list.ts'

/** Removes a list that was never started, with its rows. What was sent is history and stays. */
export async function deleteList(ctx: Ctx, actor: Actor, listId: ListId): Promise<void> {
  const { workspaceId } = actor
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const list = await getLockedList(tx, workspaceId, listId)
    if (judgeAct('delete', list.state) !== 'do') throw wrongState('delete', list)
    await deleteListRow(tx, workspaceId, listId)
    await recordAudit(tx, actor, { action: 'list.deleted', subject_id: listId, subject_name: list.name })
  })
}
