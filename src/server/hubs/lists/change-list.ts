import type { AuditAction, List, ListId } from '../../../contract/index.ts'
import { recordAudit } from '../../events/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../../platform/index.ts'
import { wakeHubs } from '../running/wake-hubs.ts'
import { judgeAct, type ListAct, type ListRow } from './list.ts'
import { getLockedList, readList } from './read-list.ts'

export interface ListChange {
  act: ListAct
  /** What the audit log says: list.started. */
  action: AuditAction
  apply: (tx: Db, list: ListRow) => Promise<void>
}

/**
 * One act on a list, alone on it. Whoever asks for what was done a moment ago gets the list as it is, so a button
 * pressed twice, or by two people, has one effect. Throws list_state_wrong when the list can't be acted on any more.
 */
export async function changeList(
  ctx: Ctx,
  actor: Actor,
  { listId, change }: { listId: ListId; change: ListChange },
): Promise<List> {
  const { workspaceId } = actor
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const list = await getLockedList(tx, workspaceId, listId)
    const verdict = judgeAct(change.act, list.state)
    if (verdict === 'done') return
    if (verdict === 'refuse') throw wrongState(change.act, list)
    await change.apply(tx, list)
    await recordAudit(tx, actor, {
      action: change.action,
      subject_id: list.id,
      subject_name: list.name,
      before: { state: list.state },
    })
  })
  wakeHubs(ctx)
  ctx.live.changed(workspaceId, { topic: 'list', id: listId })
  ctx.live.changed(workspaceId, { topic: 'notice', id: listId })
  return readList(ctx, workspaceId, listId)
}

export function wrongState(act: ListAct, list: Pick<ListRow, 'state'>): ParleyError {
  return new ParleyError('list_state_wrong', `The list is ${list.state}: ${sentences[act]}`, {
    state: list.state,
  })
}

const sentences: Record<ListAct, string> = {
  match: 'it can be matched only before it starts.',
  correct: 'its rows can be corrected only before it starts.',
  start: 'only a list whose match is complete can be started.',
  pause: 'only a running or scheduled list can be paused.',
  resume: 'only a paused list can be resumed.',
  cancel: 'it is over.',
  retry: 'failed messages can be sent again only once the list has run.',
  delete: 'only a list that was never started can be deleted.',
}
