import { type Lane, runLanes } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { claimDue, selectDuePartitions, takeOverClaim } from './queries-work.ts'
import { partitionCount } from './raw-webhook.ts'
import { tellOfParked, workspacesToTell } from './tell-of-parked.ts'
import { partitionTopic, searchTopic } from './wake-intake.ts'
import { workBatch } from './work-batch.ts'

const kind = 'intake'
const claimSizeMax = 500
/** Also the most a webhook waits that another process stored. */
const lookEveryMs = 250
/** A partition that was busy is kept a while: taking it anew costs more than looking. */
const lingerMs = 3_000
/** Each batch holds database connections; the others of the pool are for people. */
const batchesAtOnce = 4

/** Works on stored webhooks, 16 partitions side by side, each in one process of the cluster at a time. */
export function startIntakeWorker(ctx: ServerCtx): { stop(): Promise<void> } {
  const turns = createTurns(batchesAtOnce)
  return runLanes(ctx, {
    kind,
    wakeTopic: searchTopic,
    lanesMax: partitionCount,
    discoverKeys: () => selectDuePartitions(ctx.db.worker, partitionCount),
    run: (lane) => workPartition(ctx, lane, turns),
  })
}

async function workPartition(ctx: ServerCtx, lane: Lane, turns: Turns): Promise<void> {
  await takeOver(ctx, lane)
  let idleSinceMs = ctx.clock.monotonicMs()
  while (lane.isValid()) {
    const worked = await turns(async () => {
      if (!lane.isValid()) return 0
      const logs = await claimDue(ctx.db.worker, lane, { sizeMax: claimSizeMax })
      if (logs.length > 0) await workBatch(ctx, lane, logs)
      return logs.length
    })
    if (worked > 0) {
      idleSinceMs = ctx.clock.monotonicMs()
    } else {
      if (ctx.clock.monotonicMs() - idleSinceMs > lingerMs) return
      await ctx.wake.wait(partitionTopic(Number(lane.key)), lookEveryMs, lane.signal)
    }
  }
}

async function takeOver(ctx: ServerCtx, lane: Lane): Promise<void> {
  const survivors = await ctx.db.asWorker(async (tx) => {
    const survivors = await takeOverClaim(tx, lane)
    const told = workspacesToTell(survivors.map((one) => ({ ...one, wasParked: false })))
    for (const workspaceId of told) await tellOfParked(tx, workspaceId, ctx.clock.now())
    return survivors
  })
  for (const { id, verdict } of survivors) {
    const line = { inbound_log_id: id, partition: lane.key }
    if (verdict === 'parked') ctx.log.error(line, 'webhook parked: it ended the process too often')
    else ctx.log.warn(line, 'webhook was in the hands of a process that died')
  }
}

type Turns = <Value>(work: () => Promise<Value>) => Promise<Value>

/** Lets so many run at once; the others wait in order. */
function createTurns(atOnceMax: number): Turns {
  let free = atOnceMax
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free -= 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
