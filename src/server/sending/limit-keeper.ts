import type { Lane } from '../platform/index.ts'
import type { LaneCtx } from './lane-ctx.ts'
import type { PairLimit } from './pair-limit.ts'
import type { LaneNumber } from './run-number-lane.ts'
import type { SlowDown, Stop } from './slow-down.ts'

const lookEveryMs = 1_000
/** A stop that is shorter, or ends by so much earlier or later, is not worth a write. */
const worthKeepingMs = 1_500
const worthMovingMs = 500

/** What keeping needs of its surroundings. */
export type KeeperCtx = Pick<LaneCtx, 'clock' | 'log'> & {
  store: Pick<LaneCtx['store'], 'knownLimits' | 'keepStop' | 'keepCrowdedPairs'>
}

export interface LimitKeeperOptions {
  ctx: KeeperCtx
  lane: Lane
  number: LaneNumber
  slowDown: SlowDown
  pairs: PairLimit
}

/**
 * Keeps what the provider asked of a number where the next lane finds it and people can read it, takes over what the lane
 * before left, and hears what statuses told of the number's limits in other processes.
 */
export class LimitKeeper {
  readonly #options: LimitKeeperOptions
  #kept: Stop | null = null
  #tooFastTold: number | null = null
  #lookAtMs = Number.NEGATIVE_INFINITY

  constructor(options: LimitKeeperOptions) {
    this.#options = options
  }

  /** False while nobody knows what the lane before left: until then nothing may be sent. */
  async tend(): Promise<boolean> {
    try {
      await this.#keepStop()
      if (this.#nowMs() >= this.#lookAtMs) {
        await this.#look()
        await this.#keepPairs()
        this.#lookAtMs = this.#nowMs() + lookEveryMs
      }
    } catch (error) {
      const { ctx, number } = this.#options
      ctx.log.warn({ error, number_id: number.numberId }, 'limits of a number not kept')
    }
    return this.#tooFastTold !== null
  }

  /** All requests have their answers; what these told is for the next lane. */
  async leave(): Promise<void> {
    this.#lookAtMs = Number.NEGATIVE_INFINITY
    await this.tend()
  }

  async #look(): Promise<void> {
    const { ctx, number, slowDown, pairs } = this.#options
    const { stop, too_fast_told, crowded } = await ctx.store.knownLimits(number)
    const nowMs = this.#nowMs()
    for (const pair of crowded) pairs.learn(pair, nowMs)
    // What was told before this lane began, the one before has followed.
    if (this.#tooFastTold !== null) slowDown.noteToldLate(too_fast_told - this.#tooFastTold, nowMs)
    else if (stop !== null) this.#resume(stop, nowMs)
    this.#tooFastTold = too_fast_told
  }

  #resume(stop: { reason: Stop['reason']; lasts_ms: number; left_ms: number }, nowMs: number): void {
    const { reason, lasts_ms: lastsMs, left_ms: leftMs } = stop
    const untilMs = nowMs + leftMs
    this.#kept = { reason, sinceMs: untilMs - lastsMs, untilMs }
    // Another machine may have another way to the provider.
    if (reason !== 'unreachable') this.#options.slowDown.resume({ reason, lastsMs, leftMs }, nowMs)
  }

  async #keepStop(): Promise<void> {
    const { ctx, lane, number, slowDown } = this.#options
    const nowMs = this.#nowMs()
    const stop = slowDown.standing(nowMs)
    if (this.#tooFastTold === null || !isNews(stop, this.#kept, nowMs)) return
    const spans = stop && {
      reason: stop.reason,
      since_ms: stop.sinceMs - nowMs,
      left_ms: stop.untilMs - nowMs,
    }
    await ctx.store.keepStop(lane, number, spans)
    this.#kept = stop
  }

  async #keepPairs(): Promise<void> {
    const { ctx, lane, number, pairs } = this.#options
    const nowMs = this.#nowMs()
    const untold = pairs.untold(nowMs)
    if (untold.length === 0) return
    await ctx.store.keepCrowdedPairs(lane, number, untold)
    pairs.told(untold, nowMs)
  }

  #nowMs(): number {
    return this.#options.ctx.clock.monotonicMs()
  }
}

function isNews(stop: Stop | null, kept: Stop | null, nowMs: number): boolean {
  if (stop === null) return kept !== null
  if (kept === null) return stop.untilMs - nowMs >= worthKeepingMs
  return stop.reason !== kept.reason || Math.abs(stop.untilMs - kept.untilMs) >= worthMovingMs
}
