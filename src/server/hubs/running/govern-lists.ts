import type { Ctx } from '../../platform/index.ts'
import { wakeLane } from '../../sending/index.ts'
import { causeToPause, endingReasons, type GovernorReason } from '../lists/governor.ts'
import type { ListRow } from '../lists/list.ts'
import { pauseLockedList, resolvePause } from '../lists/pause-list.ts'
import {
  forgetDespite,
  lockList,
  selectResumableLists,
  selectRunningLists,
  updateState,
} from '../lists/queries.ts'
import { openGate } from '../lists/set-gate.ts'
import type { SpikeMeter } from './error-spike.ts'

/** Stops lists whose messages would fail or do harm, and lets those go on whose cause has ended and whose owner allowed it. */
export async function governLists(ctx: Ctx, spikes: SpikeMeter): Promise<void> {
  const running = await selectRunningLists(ctx.db.worker)
  spikes.keepOnly(running.map(({ id }) => id))
  for (const list of running) await governList(ctx, list, spikes)
  for (const list of await selectResumableLists(ctx.db.worker, endingReasons)) {
    if (causeToPause(list) === null) await resume(ctx, list)
  }
}

async function governList(ctx: Ctx, list: ListRow, spikes: SpikeMeter): Promise<void> {
  const cause = causeToPause(list)
  if (cause === null && list.resumed_despite !== null && list.resumed_despite !== 'error_spike') {
    await forgetDespite(ctx.db.worker, list.workspace_id, list.id)
  }
  if (cause !== null && cause.reason !== list.resumed_despite) {
    await pause(ctx, list, cause)
  } else if (spikes.isSpiking(list.id, ctx.clock.monotonicMs())) {
    spikes.forget(list.id)
    await pause(ctx, list, { reason: 'error_spike', until: null })
  }
}

async function pause(
  ctx: Ctx,
  { workspace_id: workspaceId, id }: ListRow,
  { reason, until }: { reason: GovernorReason; until: Date | null },
): Promise<void> {
  await ctx.db.asWorker(async (tx) => {
    const list = await lockList(tx, workspaceId, id)
    if (list?.state !== 'running') return
    await pauseLockedList(tx, workspaceId, { list, reason, until, now: ctx.clock.now() })
  })
  ctx.log.warn({ list_id: id, reason }, 'a list was paused')
  ctx.live.changed(workspaceId, { topic: 'list', id })
  ctx.live.changed(workspaceId, { topic: 'notice', id })
}

async function resume(ctx: Ctx, { workspace_id: workspaceId, id, number_id }: ListRow): Promise<void> {
  await ctx.db.asWorker(async (tx) => {
    const list = await lockList(tx, workspaceId, id)
    if (list?.state !== 'paused' || !list.auto_resume || causeToPause(list) !== null) return
    await updateState(tx, workspaceId, id, { state: 'running' })
    await openGate(tx, workspaceId, { list, now: ctx.clock.now() })
    await resolvePause(tx, workspaceId, id)
  })
  ctx.log.info({ list_id: id }, 'a list goes on: the cause of its pause has ended')
  ctx.live.changed(workspaceId, { topic: 'list', id })
  ctx.live.changed(workspaceId, { topic: 'notice', id })
  wakeLane(ctx, number_id)
}
