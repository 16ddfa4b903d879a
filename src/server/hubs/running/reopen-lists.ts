import type { Ctx } from '../../platform/index.ts'
import { lockList, selectUnfinishedLists, updateState } from '../lists/queries.ts'
import { openGate } from '../lists/set-gate.ts'

/** A finished list of which a message was queued again, by a person or the policy, runs until that is done. */
export async function reopenLists(ctx: Ctx): Promise<void> {
  for (const { workspace_id: workspaceId, id } of await selectUnfinishedLists(ctx.db.worker)) {
    await ctx.db.asWorker(async (tx) => {
      const list = await lockList(tx, workspaceId, id)
      if (list?.state !== 'finished') return
      await updateState(tx, workspaceId, id, { state: 'running' })
      await openGate(tx, workspaceId, { list, now: ctx.clock.now() })
    })
    ctx.live.changed(workspaceId, { topic: 'list', id })
  }
}
