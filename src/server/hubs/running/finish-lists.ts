import type { Ctx } from '../../platform/index.ts'
import { countList } from '../lists/count-list.ts'
import { selectCounts } from '../lists/count-queries.ts'
import type { ListRow } from '../lists/list.ts'
import { lockList, updateState } from '../lists/queries.ts'
import { recordListEvent } from '../lists/record-list-event.ts'
import { shutGate } from '../lists/set-gate.ts'

/** Ends those running lists of which all messages were made and none waits or is in flight. */
export async function finishLists(ctx: Ctx, lists: readonly ListRow[]): Promise<void> {
  for (const list of lists) {
    if (!list.expanded_at || !(await isFinished(ctx, list))) continue
    await finishList(ctx, list)
    ctx.live.changed(list.workspace_id, { topic: 'list', id: list.id })
  }
}

async function isFinished(ctx: Ctx, list: ListRow): Promise<boolean> {
  const rows = await selectCounts(ctx.db.worker, list.workspace_id, [list.id])
  const { counts } = countList(list, rows)
  return counts.waiting === 0 && counts.sending === 0
}

async function finishList(ctx: Ctx, { workspace_id: workspaceId, id }: ListRow): Promise<void> {
  await ctx.db.asWorker(async (tx) => {
    const list = await lockList(tx, workspaceId, id)
    if (list?.state !== 'running' || !list.expanded_at) return
    // Asked again under the lock: a retry of failed messages may have come between.
    const { counts } = countList(list, await selectCounts(tx, workspaceId, [id]))
    if (counts.waiting > 0 || counts.sending > 0) return
    await updateState(tx, workspaceId, id, { state: 'finished', ended: true })
    await shutGate(tx, workspaceId, list)
    await recordListEvent(tx, workspaceId, { list, type: 'list.finished', at: ctx.clock.now() })
  })
}
