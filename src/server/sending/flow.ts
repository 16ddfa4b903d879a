import { isTooFast, type SendOutcome } from '../providers/index.ts'
import { Arrivals, latestArrivalMs } from './arrivals.ts'
import { Pace } from './pace.ts'
import { concernsWholeNumber } from './retry-policy.ts'
import { RoundTrips } from './round-trips.ts'
import type { SlowDown } from './slow-down.ts'

/** Weight of a new latency in the running mean. */
const latencyWeight = 0.05
const inFlightMin = 8
const inFlightMax = 256
/**
 * Intents claimed ahead of their tokens. A kill makes each of them unknown, so there are just enough to go on with while
 * the next claim is under way, and as many more as keep claims from following each other too closely.
 */
const batchSeconds = 0.04
const aheadMax = 500
/** A lane that no limit holds back is first thought this fast. */
const speedMin = 1_000
/** Room for a claim that takes longer than the one before; one that got stuck is no measure for the next. */
const claimMargin = 1.5
const claimMsMax = 40
/** How much of a slow claim is remembered at each faster one. */
const slowClaimWeight = 0.9
const unreachableStopMs = { first: 250, last: 10_000 }
/** While as many are on their way as may be in a second, their answers say when to go on; this is for lost ones. */
const lookAgainMs = 50

/** A request on its way. */
export interface Going {
  /** When it took its place, and perhaps waited for a connection. */
  takenAtMs: number
  /** When it was written. */
  sentAtMs: number
}

/** How fast and how many at once one number sends, following limits and answers. */
export class Flow {
  readonly #slowDown: SlowDown
  readonly #pace: Pace
  readonly #arrivals: Arrivals
  readonly #roundTrips: RoundTrips
  #limitPerSecond: number
  #latencyMs = 100
  #claimMs = 10
  #sentPerSecond = 0
  #countedSince: number
  #counted = 0
  #nextStopMs = unreachableStopMs.first

  constructor(slowDown: SlowDown, limitPerSecond: number, nowMs: number) {
    this.#slowDown = slowDown
    this.#limitPerSecond = limitPerSecond
    this.#pace = new Pace(limitPerSecond, nowMs)
    this.#arrivals = new Arrivals(nowMs)
    this.#roundTrips = new RoundTrips(nowMs)
    this.#countedSince = nowMs
  }

  setLimit(limitPerSecond: number): void {
    this.#limitPerSecond = limitPerSecond
  }

  /** 0: one may go now, and counts as gone. Else how long until it is worth asking again. */
  take(nowMs: number): number {
    if (this.#slowDown.isProbing && this.#arrivals.onTheWay > 0) return lookAgainMs
    this.#pace.set(this.#limitPerSecond, this.#slowDown.shareOfLimit(nowMs), nowMs)
    const atOnceMax = Math.max(1, Math.floor(this.#pace.perSecond))
    if (this.#arrivals.countAt(nowMs) >= atOnceMax) return this.#arrivals.msUntilFewer(nowMs) ?? lookAgainMs
    if (!this.#pace.take(nowMs)) return this.#pace.msUntilNext(nowMs)
    this.#arrivals.begin()
    return 0
  }

  /** Until no request of this lane can be within a second of the next owner's, if all have ended and no more begin. */
  msUntilNoneCounts(nowMs: number): number {
    return this.#arrivals.msUntilNone(nowMs)
  }

  msStopped(nowMs: number): number {
    return this.#slowDown.msStopped(nowMs)
  }

  /** Requests at once: rate times latency (Little), with half as much again for uneven answers. */
  get inFlightMax(): number {
    const needed = Math.ceil(((this.#pace.perSecond * this.#latencyMs) / 1_000) * 1.5)
    return Math.min(inFlightMax, Math.max(inFlightMin, needed))
  }

  /** From so many intents down it is time to claim more. */
  get aheadMin(): number {
    if (this.#slowDown.isProbing) return 0
    return Math.min(aheadMax / 2, Math.ceil((this.#expectedPerSecond * this.#claimMs * claimMargin) / 1_000))
  }

  get aheadMax(): number {
    if (this.#slowDown.isProbing) return 1
    return Math.min(aheadMax, this.aheadMin + Math.max(1, Math.ceil(this.#expectedPerSecond * batchSeconds)))
  }

  /** From the wish for more to its intents in hand. */
  claimed(tookMs: number): void {
    const ms = Math.min(claimMsMax, tookMs)
    this.#claimMs = Math.max(ms, this.#claimMs * slowClaimWeight + ms * (1 - slowClaimWeight))
  }

  get #expectedPerSecond(): number {
    return Math.min(this.#pace.perSecond, Math.max(speedMin, this.#sentPerSecond * 2))
  }

  ended(answer: SendOutcome, { takenAtMs, sentAtMs }: Going, nowMs: number): void {
    this.#count(nowMs)
    this.#noteArrival(answer, sentAtMs, nowMs)
    if (answer.kind === 'unsent') {
      this.#pauseUnreachable(nowMs)
      return
    }
    this.#nextStopMs = unreachableStopMs.first
    if (answer.kind === 'unknown') this.#slowDown.noteUnclear(nowMs)
    else this.#noteClear(answer, nowMs)
    this.#latencyMs += (nowMs - takenAtMs - this.#latencyMs) * latencyWeight
  }

  #noteClear(answer: SendOutcome, nowMs: number): void {
    this.#slowDown.note(answer.kind === 'later' && isTooFast(answer.error.code), nowMs)
    if (answer.kind !== 'later' || answer.retry_after_ms === null) return
    if (!concernsWholeNumber(answer.error.code, answer.http_status)) return
    const reason = isTooFast(answer.error.code) ? 'too_fast' : 'asked_to_wait'
    this.#slowDown.stop(reason, answer.retry_after_ms, nowMs)
  }

  #noteArrival(answer: SendOutcome, sentAtMs: number, nowMs: number): void {
    const neverLeft = answer.kind === 'unsent' || (answer.kind === 'refused' && answer.http_status === null)
    if (neverLeft) this.#arrivals.takeBack()
    else this.#arrivals.end(this.#latestArrivalMs(answer, sentAtMs, nowMs), nowMs)
  }

  #latestArrivalMs(answer: SendOutcome, sentAtMs: number, nowMs: number): number {
    if (!('http_status' in answer) || answer.http_status === null) return nowMs
    this.#roundTrips.note(nowMs - sentAtMs, nowMs)
    const leastRoundTripMs = this.#roundTrips.leastMs(nowMs)
    return latestArrivalMs({ sentAtMs, answeredAtMs: nowMs, leastRoundTripMs })
  }

  /** Many requests fail together when the provider can't be reached: they count as one failure. */
  #pauseUnreachable(nowMs: number): void {
    if (this.#slowDown.msStopped(nowMs) > 0) return
    this.#slowDown.stop('unreachable', this.#nextStopMs, nowMs)
    this.#nextStopMs = Math.min(unreachableStopMs.last, this.#nextStopMs * 2)
  }

  #count(nowMs: number): void {
    this.#counted += 1
    const elapsedMs = nowMs - this.#countedSince
    if (elapsedMs < 250) return
    this.#sentPerSecond = (this.#counted / elapsedMs) * 1_000
    this.#counted = 0
    this.#countedSince = nowMs
  }
}
