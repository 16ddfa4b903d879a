import type { Ctx, Db } from '../../platform/index.ts'
import type { ListRow } from '../lists/list.ts'
import { pauseLockedList } from '../lists/pause-list.ts'
import { lockList } from '../lists/queries.ts'
import { runLockedList } from '../lists/start-list.ts'
import { selectDueLists } from './queries.ts'

/** A start missed by more than this asks a person: nobody wants the morning's offer at night. */
const graceMs = 3_600_000

export async function startDueLists(ctx: Ctx): Promise<number> {
  const due = await selectDueLists(ctx.db.worker)
  for (const { workspace_id: workspaceId, id } of due) {
    await ctx.db.asWorker(async (tx) => {
      const list = await lockList(tx, workspaceId, id)
      if (list?.state === 'scheduled' && list.starts_at) await startOrAsk(tx, list, ctx.clock.now())
    })
    ctx.live.changed(workspaceId, { topic: 'list', id })
    ctx.live.changed(workspaceId, { topic: 'notice', id })
  }
  return due.length
}

async function startOrAsk(db: Db, list: ListRow, now: Date): Promise<void> {
  const missedMs = list.starts_at ? now.getTime() - list.starts_at.getTime() : 0
  if (missedMs > graceMs) await pauseLockedList(db, list.workspace_id, { list, reason: 'missed_start', now })
  else await runLockedList(db, list.workspace_id, { list, now })
}
