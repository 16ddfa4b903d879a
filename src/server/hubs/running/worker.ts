import { type Ctx, type Lane, runLanes } from '../../platform/index.ts'
import { cancelLeftMessages } from '../lists/cancel-list.ts'
import { mergeCountDeltas, updateRate } from '../lists/count-queries.ts'
import { selectRunningLists } from '../lists/queries.ts'
import { createSpikeMeter, type SpikeMeter, stoppingCodes } from './error-spike.ts'
import { expandList } from './expand-list.ts'
import { finishLists } from './finish-lists.ts'
import { governLists } from './govern-lists.ts'
import { type KnownGates, keepGates } from './keep-gates.ts'
import { createRateMeter, type RateMeter } from './measure-rates.ts'
import { selectUnexpandedLists } from './queries.ts'
import { reopenLists } from './reopen-lists.ts'
import { startDueLists } from './start-due-lists.ts'
import { sweepImports } from './sweep-imports.ts'
import { wakeTopics } from './wake-hubs.ts'

const tickMs = 1_000
const sweepEveryMs = 30_000

/** Runs the lists of all workspaces. One hub of the cluster does it at a time: the holder of the lane "hubs". */
export function startHubsWorker(ctx: Ctx): { stop(): Promise<void> } {
  return runLanes(ctx, {
    kind: 'hubs',
    discoverKeys: async () => ['lists'],
    run: async (lane) => {
      await Promise.all([keepLists(ctx, lane), expandLists(ctx, lane), sweepLostImports(ctx, lane)])
    },
  })
}

interface Kept {
  gates: KnownGates
  meter: RateMeter
  spikes: SpikeMeter
}

async function keepLists(ctx: Ctx, lane: Lane): Promise<void> {
  const kept: Kept = { gates: new Map(), meter: createRateMeter(), spikes: createSpikeMeter() }
  await repeat(ctx, lane, { topic: wakeTopics.keep, everyMs: tickMs, turn: () => keepListsOnce(ctx, kept) })
}

/** One turn of each second: due starts, counts, the governor, gates, ends. Says whether the next is due at once. */
export async function keepListsOnce(ctx: Ctx, { gates, meter, spikes }: Kept): Promise<boolean> {
  if ((await startDueLists(ctx)) > 0) ctx.wake.signal(wakeTopics.expand)
  await mergeCounts(ctx, { meter, spikes })
  await governLists(ctx, spikes)
  await reopenLists(ctx)
  const running = await selectRunningLists(ctx.db.worker)
  await keepGates(ctx, running, gates)
  await finishLists(ctx, running)
  return cancelLeftMessages(ctx)
}

/** Browsers hear of a list at most once a second, whatever happens to its messages. */
async function mergeCounts(ctx: Ctx, { meter, spikes }: Pick<Kept, 'meter' | 'spikes'>): Promise<void> {
  const merged = await mergeCountDeltas(ctx.db.worker, stoppingCodes)
  spikes.take(merged, ctx.clock.monotonicMs())
  for (const rate of meter.measure(merged, ctx.clock.monotonicMs())) await updateRate(ctx.db.worker, rate)
  for (const { workspace_id, list_id } of merged) {
    ctx.live.changed(workspace_id, { topic: 'list', id: list_id })
  }
}

async function expandLists(ctx: Ctx, lane: Lane): Promise<void> {
  await repeat(ctx, lane, { topic: wakeTopics.expand, everyMs: tickMs, turn: () => expandListsOnce(ctx) })
}

/** One chunk of each list in turn, so a small list started after a big one need not wait for it. */
export async function expandListsOnce(ctx: Ctx): Promise<boolean> {
  let hasMore = false
  for (const list of await selectUnexpandedLists(ctx.db.worker)) {
    hasMore = (await expandList(ctx, list)) || hasMore
  }
  return hasMore
}

async function sweepLostImports(ctx: Ctx, lane: Lane): Promise<void> {
  await repeat(ctx, lane, {
    topic: 'hubs.sweep',
    everyMs: sweepEveryMs,
    turn: async () => {
      await sweepImports(ctx)
      return false
    },
  })
}

/** Turn after turn while the lane is ours; a turn that fails is logged and tried again at the next. */
async function repeat(
  ctx: Ctx,
  lane: Lane,
  { topic, everyMs, turn }: { topic: string; everyMs: number; turn: () => Promise<boolean> },
): Promise<void> {
  while (!lane.signal.aborted) {
    const hasMore = await turn().catch((error: unknown) => {
      ctx.log.error({ error, topic }, 'a turn of the hubs worker failed')
      return false
    })
    if (!hasMore) await ctx.wake.wait(topic, everyMs, lane.signal)
  }
}
