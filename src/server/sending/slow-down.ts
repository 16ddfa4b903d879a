const shareMin = 0.05
/** From this share of "too fast" answers on, slowing by a tenth is not enough. */
const stopShare = 0.2
const stopAnswersMin = 10
const stopMs = 1_000
/** So many requests in a row of which nobody knows what became: the provider is down, and each more is one more in doubt. */
const unclearMax = 10
const downStopMs = { first: 1_000, last: 30_000 }

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
  #stoppedUntilMs = 0
  #unclear = 0
  #nextDownStopMs = downStopMs.first

  constructor(nowMs: number) {
    this.#secondEndsAtMs = nowMs + 1_000
  }

  note(isTooFast: boolean, nowMs: number): void {
    this.#unclear = 0
    this.#nextDownStopMs = downStopMs.first
    this.#turnSeconds(nowMs)
    this.#answers += 1
    if (!isTooFast) return
    this.#tooFast += 1
    const isBad = this.#answers >= stopAnswersMin && this.#tooFast >= this.#answers * stopShare
    if (isBad) this.stopUntil(nowMs + stopMs)
  }

  /** A request of which nobody knows what became. Those on their way when a stop begins are no news. */
  noteUnclear(nowMs: number): void {
    this.#unclear += 1
    if (!this.isProbing || this.msStopped(nowMs) > 0) return
    this.stopUntil(nowMs + this.#nextDownStopMs)
    this.#nextDownStopMs = Math.min(downStopMs.last, this.#nextDownStopMs * 2)
  }

  /** True: one request at a time, until one has a clear answer. */
  get isProbing(): boolean {
    return this.#unclear >= unclearMax
  }

  /** The provider said when to come back. */
  stopUntil(untilMs: number): void {
    this.#stoppedUntilMs = Math.max(this.#stoppedUntilMs, untilMs)
  }

  /** 0 when sending may go on. */
  msStopped(nowMs: number): number {
    return Math.max(0, this.#stoppedUntilMs - nowMs)
  }

  /** What is left of the limit: above 0, up to 1. */
  shareOfLimit(nowMs: number): number {
    this.#turnSeconds(nowMs)
    return this.#share
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
