const shareMin = 0.05
/** From this share of "too fast" answers on, slowing by a tenth is not enough. */
const stopShare = 0.2
const stopAnswersMin = 10
const stopMs = 1_000

/**
 * Follows the provider's "too fast": a tenth slower after each second with such an answer, a hundredth faster after each
 * clean one. A full stop would cost far more than the few messages that have to go again.
 */
export class SlowDown {
  #share = 1
  #secondEndsAtMs: number
  #answers = 0
  #tooFast = 0
  #stoppedUntilMs = 0

  constructor(nowMs: number) {
    this.#secondEndsAtMs = nowMs + 1_000
  }

  note(isTooFast: boolean, nowMs: number): void {
    this.#turnSeconds(nowMs)
    this.#answers += 1
    if (!isTooFast) return
    this.#tooFast += 1
    const isBad = this.#answers >= stopAnswersMin && this.#tooFast >= this.#answers * stopShare
    if (isBad) this.stopUntil(nowMs + stopMs)
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
