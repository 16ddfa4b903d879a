import type { StopReason } from '../../contract/index.ts'

const shareMin = 0.05
/** From this share of "too fast" answers on, slowing by a tenth is not enough. */
const stopShare = 0.2
const stopAnswersMin = 10
const stopMs = 1_000
/** So many requests in a row of which nobody knows what became: the provider is down, and each more is one more in doubt. */
const unclearMax = 10
const downStopMs = { first: 1_000, last: 30_000 }
/** A stop that follows another of its kind this closely is the same one going on: a request of it may take so long. */
const sameStopMs = 15_000

/** For the provider's sake nothing is sent. */
export interface Stop {
  reason: StopReason
  /** Since the first of several that followed each other. */
  sinceMs: number
  untilMs: number
}

/**
 * Follows the provider's "too fast": a tenth slower after each second with such an answer, a hundredth faster after each
 * clean one. A full stop would cost far more than the few messages that have to go again. A provider that gives no clear
 * answer at all is left alone for a while, and then asked with one message at a time.
 */
export class SlowDown {
  #share = 1
  #secondEndsAtMs: number
  #answers = 0
  #tooFast = 0
  #stop: Stop | null = null
  #unclear = 0
  #nextDownStopMs = downStopMs.first

  constructor(nowMs: number) {
    this.#secondEndsAtMs = nowMs + 1_000
  }

  note(isTooFast: boolean, nowMs: number): void {
    this.#unclear = 0
    this.#nextDownStopMs = downStopMs.first
    this.#count({ answers: 1, tooFast: isTooFast ? 1 : 0 }, nowMs)
  }

  /** Of messages that were accepted, statuses say afterwards that they had come too fast. */
  noteToldLate(messages: number, nowMs: number): void {
    if (messages > 0) this.#count({ answers: messages, tooFast: messages }, nowMs)
  }

  /** A request of which nobody knows what became. Those on their way when a stop begins are no news. */
  noteUnclear(nowMs: number): void {
    this.#unclear += 1
    if (!this.isProbing || this.msStopped(nowMs) > 0) return
    this.stop('no_clear_answers', this.#nextDownStopMs, nowMs)
    this.#nextDownStopMs = Math.min(downStopMs.last, this.#nextDownStopMs * 2)
  }

  /** True: one request at a time, until one has a clear answer. */
  get isProbing(): boolean {
    return this.#unclear >= unclearMax
  }

  /** Nothing goes for so long. A longer stop that was known before stays. */
  stop(reason: StopReason, ms: number, nowMs: number): void {
    const before = this.#stop
    const untilMs = nowMs + ms
    if (before !== null && before.untilMs >= untilMs) return
    const goesOn = before?.reason === reason && nowMs - before.untilMs < sameStopMs
    this.#stop = { reason, sinceMs: goesOn ? before.sinceMs : nowMs, untilMs }
  }

  /** Takes over the stop of the lane before. `leftMs`: below 0 for one that was being ended when that lane did. */
  resume(
    { reason, lastsMs, leftMs }: { reason: StopReason; lastsMs: number; leftMs: number },
    nowMs: number,
  ): void {
    this.stop(reason, leftMs, nowMs)
    if (reason !== 'no_clear_answers') return
    this.#unclear = Math.max(this.#unclear, unclearMax)
    this.#nextDownStopMs = Math.min(downStopMs.last, Math.max(this.#nextDownStopMs, lastsMs * 2))
  }

  /** The stop that stands; one for want of clear answers does until there is one, though the provider is being asked. */
  standing(nowMs: number): Stop | null {
    const isAsking = this.isProbing && this.#stop?.reason === 'no_clear_answers'
    return isAsking || this.msStopped(nowMs) > 0 ? this.#stop : null
  }

  /** 0 when sending may go on. */
  msStopped(nowMs: number): number {
    return Math.max(0, (this.#stop?.untilMs ?? nowMs) - nowMs)
  }

  /** What is left of the limit: above 0, up to 1. */
  shareOfLimit(nowMs: number): number {
    this.#turnSeconds(nowMs)
    return this.#share
  }

  #count({ answers, tooFast }: { answers: number; tooFast: number }, nowMs: number): void {
    this.#turnSeconds(nowMs)
    this.#answers += answers
    this.#tooFast += tooFast
    const isBad = this.#answers >= stopAnswersMin && this.#tooFast >= this.#answers * stopShare
    if (tooFast > 0 && isBad) this.stop('too_fast', stopMs, nowMs)
  }

  #turnSeconds(nowMs: number): void {
    while (nowMs >= this.#secondEndsAtMs) {
      this.#share =
        this.#tooFast > 0 ? Math.max(shareMin, this.#share * 0.9) : Math.min(1, this.#share + 0.01)
      this.#answers = 0
      this.#tooFast = 0
      this.#secondEndsAtMs += 1_000
    }
  }
}
