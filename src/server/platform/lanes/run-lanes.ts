import type { Ctx } from '../context.ts'
import { type HeldLane, holdLane, type Lane } from './held-lane.ts'
import { LaneShare } from './lane-share.ts'
import { databaseLeases, type Lease, type Leases } from './leases.ts'
import { WantedLeases } from './wanted-leases.ts'

export interface LaneWork {
  /** Names the family of lanes in the leases table: "sending", "webhooks", "intake". */
  kind: string
  /** Keys with something to do now, fairest first; asked again and again. */
  discoverKeys: () => Promise<readonly string[]>
  /**
   * Works until nothing is due, the lane is not valid any more or its signal is aborted, then returns. A throw is
   * logged and the lane given back.
   */
  run: (lane: Lane) => Promise<void>
  /** Wakes the search before its next turn. Searching by the clock alone must suffice. */
  wakeTopic?: string
  /** Lanes at once in this process; 64 by default. */
  lanesMax?: number
  /** Every process holds its share of the lanes: whoever has more lets some go, each as if the process stopped. */
  isShared?: boolean
  /** Pause between two searches; 250 ms by default, varied by a fifth. */
  searchEveryMs?: number
}

const renewEveryMs = 1_000

/** What running lanes needs of its surroundings. */
export interface LanesCtx extends Pick<Ctx, 'clock' | 'random' | 'log' | 'wake' | 'stopping'> {
  leases: Leases
}

/** Holds lanes of one kind, runs the work on each, and renews their leases each second until stopped. */
export function runLanes(ctx: Ctx, work: LaneWork): { stop(): Promise<void> } {
  return runLeasedLanes({ ...ctx, leases: databaseLeases(ctx.db.worker) }, work)
}

/** The same for whoever keeps the leases. */
export function runLeasedLanes(ctx: LanesCtx, work: LaneWork): { stop(): Promise<void> } {
  const { kind, lanesMax = 64, searchEveryMs = 250, isShared = false } = work
  const owner = ctx.random.uuid()
  const log = ctx.log.child({ lanes: kind })
  const stopping = new AbortController()
  const finished = new AbortController()
  const held = new Map<string, HeldLane>()
  const wanted = new WantedLeases()
  const share = new LaneShare(owner)
  const running = new Set<Promise<void>>()

  async function search(): Promise<void> {
    if (isShared) await attempt('lane census failed', lookAround)
    while (!isStopping()) {
      await attempt('lane search failed', async () => takeShare(await work.discoverKeys()))
      await pauseBetweenSearches()
    }
  }

  /** A lease that runs out meanwhile is tried for right then, without another search. */
  async function pauseBetweenSearches(): Promise<void> {
    const endsAtMs = ctx.clock.monotonicMs() + searchEveryMs * (0.8 + 0.4 * ctx.random.number())
    while (!isStopping()) {
      const nowMs = ctx.clock.monotonicMs()
      const pauseMs = Math.max(0, Math.min(endsAtMs - nowMs, wanted.msUntilNext(nowMs)))
      if (work.wakeTopic) await ctx.wake.wait(work.wakeTopic, pauseMs, stopping.signal)
      else await ctx.clock.sleep(pauseMs, stopping.signal)
      const free = wanted.takeFree(ctx.clock.monotonicMs())
      if (free.length === 0) return
      await attempt('lane takeover failed', () => take(free, Number.POSITIVE_INFINITY))
    }
  }

  async function takeShare(found: readonly string[]): Promise<void> {
    const room = share.room(found, new Set(held.keys()))
    await take(share.open(found, ctx.clock.monotonicMs()), room)
  }

  async function take(found: readonly string[], most: number): Promise<void> {
    const keys = found.filter((key) => !held.has(key)).slice(0, lanesMax - held.size)
    if (keys.length === 0 || isStopping()) return
    const sentAtMs = ctx.clock.monotonicMs()
    const { taken, others } = await ctx.leases.acquire(kind, owner, keys, Math.min(most, keys.length))
    for (const lease of taken) start(lease, sentAtMs)
    wanted.note(others, ctx.clock.monotonicMs())
  }

  function start(lease: Lease, sentAtMs: number): void {
    const lane = holdLane({ kind, owner, ...lease }, ctx.clock, sentAtMs)
    held.set(lane.key, lane)
    if (isStopping()) lane.drop()
    const run = runOne(lane).finally(() => running.delete(run))
    running.add(run)
  }

  async function runOne(lane: HeldLane): Promise<void> {
    try {
      await work.run(lane)
    } catch (error) {
      log.error({ error, lane: lane.key, epoch: lane.epoch }, 'lane failed')
    } finally {
      lane.drop()
      await attempt('lane release failed', () => ctx.leases.release(kind, owner, lane))
      held.delete(lane.key)
    }
  }

  async function renew(): Promise<void> {
    while (!finished.signal.aborted) {
      await ctx.clock.sleep(renewEveryMs, finished.signal)
      if (held.size > 0) await attempt('lane renewal failed', renewHeld)
      if (isShared && !isStopping()) await attempt('lane census failed', lookAround)
    }
  }

  /** The newest go first: whoever came last moves on. */
  async function lookAround(): Promise<void> {
    const holdings = await ctx.leases.attend(kind, owner)
    const working = [...held.values()].filter((lane) => !lane.signal.aborted)
    const counts = { held: working.length, closing: held.size - working.length }
    const surplus = share.look(holdings, counts)
    for (const lane of working.slice(working.length - surplus)) {
      share.letGo(lane.key, ctx.clock.monotonicMs())
      lane.drop()
    }
    if (surplus > 0) log.info({ lanes: surplus, processes: holdings.size }, 'lanes let go to other processes')
  }

  /** A renewal that fails leaves the lanes as they are: their own clock ends them before the lease does. */
  async function renewHeld(): Promise<void> {
    const lanes = [...held.values()]
    const sentAtMs = ctx.clock.monotonicMs()
    const kept = await ctx.leases.renew(kind, owner, lanes)
    for (const lane of lanes) {
      if (kept.has(lane.key)) lane.renewed(sentAtMs)
      else lane.drop()
    }
  }

  async function attempt(message: string, step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      log.warn({ error }, message)
    }
  }

  function isStopping(): boolean {
    return stopping.signal.aborted
  }

  function beginStop(): void {
    stopping.abort()
    for (const lane of held.values()) lane.drop()
  }

  const searching = search()
  const renewing = renew()
  ctx.stopping.addEventListener('abort', beginStop, { once: true })
  return {
    stop: async () => {
      beginStop()
      if (isShared) await attempt('leaving lanes failed', () => ctx.leases.leave(kind, owner))
      await searching
      await Promise.all(running)
      finished.abort()
      await renewing
      ctx.stopping.removeEventListener('abort', beginStop)
    },
  }
}
