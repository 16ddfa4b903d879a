import { numberId, workspaceId } from '../../contract/index.ts'
import { databaseLeases, runLeasedLanes } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import type { LaneCtx } from './lane-ctx.ts'
import { databaseStore } from './lane-store.ts'
import { OutcomeRecorder } from './outcome-recorder.ts'
import { PairLimit } from './pair-limit.ts'
import { type LaneNumber, runNumberLane } from './run-number-lane.ts'
import { answerTimeoutMs } from './send-claimed.ts'
import { Slots } from './slots.ts'
import { SlowDown } from './slow-down.ts'
import { UnwrittenIntents } from './unwritten-intents.ts'
import { searchTopic } from './wake-lane.ts'

export const laneKind = 'sending'
const lanesMax = 500
const inFlightMax = 512
const sweepEveryMs = 1_000
/** Past the provider's deadline, with room for the wait between claim and request. */
const staleAfterMs = answerTimeoutMs + 5_000

/** Sends for all numbers: a lane for each that has something due, and one sweep for what others left behind. */
export function startSendingWorker(ctx: ServerCtx): { stop(): Promise<void> } {
  return startSendingLanes({
    ...ctx,
    leases: databaseLeases(ctx.db.worker),
    store: databaseStore(ctx),
    channel: ctx.providers.channel,
  })
}

/** The same on whatever stands for database and provider. */
export function startSendingLanes(ctx: LaneCtx): { stop(): Promise<void> } {
  const unwritten = new UnwrittenIntents(ctx)
  const recorder = new OutcomeRecorder(ctx, (outcomes) => unwritten.settled(outcomes))
  const slots = new Slots(inFlightMax)
  const limits = new Map<string, { slowDown: SlowDown; pairs: PairLimit }>()
  const numbers = new Map<string, LaneNumber>()

  function limitsOf(id: string): { slowDown: SlowDown; pairs: PairLimit } {
    const known = limits.get(id)
    if (known) return known
    const fresh = { slowDown: new SlowDown(ctx.clock.monotonicMs()), pairs: new PairLimit() }
    limits.set(id, fresh)
    return fresh
  }

  async function discoverKeys(): Promise<string[]> {
    const nowMs = ctx.clock.monotonicMs()
    const sending = await ctx.store.sendingNumbers()
    for (const row of sending) numbers.set(row.id, laneNumberOf(row))
    const free = sending.filter((row) => limitsOf(row.id).slowDown.msStopped(nowMs) === 0)
    return ctx.store.dueNumbers(free.map((row) => row.id))
  }

  const lanes = runLeasedLanes(ctx, {
    kind: laneKind,
    wakeTopic: searchTopic,
    lanesMax,
    isShared: true,
    discoverKeys,
    run: async (lane) => {
      const number = numbers.get(lane.key)
      if (number === undefined) return
      await runNumberLane(ctx, lane, number, { recorder, unwritten, slots, ...limitsOf(lane.key) })
    },
  })
  const sweep = startSweep(ctx)
  return {
    stop: async () => {
      await Promise.all([lanes.stop(), sweep.stop()])
      await recorder.drained()
      await unwritten.stop()
    },
  }
}

function laneNumberOf(row: { id: string; workspace_id: string }): LaneNumber {
  return { workspaceId: workspaceId.parse(row.workspace_id), numberId: numberId.parse(row.id) }
}

/** Settles intents whose lane is gone. Any number of processes may sweep: each row is taken by one of them. */
function startSweep(ctx: LaneCtx): { stop(): Promise<void> } {
  const stopping = new AbortController()
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const unknown = await ctx.store.markStale(staleAfterMs)
        // Before the wait ends for good: what may go again need not be held first.
        await ctx.store.resendByPolicy()
        const ended = await ctx.store.expireUnknowns()
        if (unknown + ended > 0) ctx.log.info({ unknown, ended }, 'outcomes settled by time')
      } catch (error) {
        ctx.log.warn({ error }, 'sweep of intents failed')
      }
      await ctx.clock.sleep(sweepEveryMs, stopping.signal)
    }
  }
  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
