/** Share of the limit that is used, so that requests go out evenly and not in the bunches in which answers come. */
const usedShare = 0.99
/** How much of a second may be caught up at once, after a timer was late or a process stood still. */
const burstShare = 0.05

/**
 * A token bucket: spreads a number's requests over the second. What keeps them under the limit, exactly and at the
 * provider, are its `Arrivals`.
 */
export class Pace {
  #limitPerSecond: number
  #share = 1
  #tokens = 0
  #filledAtMs: number

  constructor(limitPerSecond: number, nowMs: number) {
    this.#limitPerSecond = limitPerSecond
    this.#filledAtMs = nowMs
  }

  get perSecond(): number {
    return this.#limitPerSecond * this.#share
  }

  /** `share`: what the provider's slow-downs leave of the limit, above 0 and up to 1. */
  set(limitPerSecond: number, share: number, nowMs: number): void {
    this.#fill(nowMs)
    this.#limitPerSecond = limitPerSecond
    this.#share = share
    this.#tokens = Math.min(this.#tokens, this.#capacity())
  }

  take(nowMs: number): boolean {
    this.#fill(nowMs)
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  msUntilNext(nowMs: number): number {
    this.#fill(nowMs)
    return this.#tokens >= 1 ? 0 : ((1 - this.#tokens) / (this.perSecond * usedShare)) * 1000
  }

  #fill(nowMs: number): void {
    const elapsedMs = Math.max(0, nowMs - this.#filledAtMs)
    this.#filledAtMs = nowMs
    this.#tokens = Math.min(this.#capacity(), this.#tokens + (elapsedMs / 1000) * this.perSecond * usedShare)
  }

  #capacity(): number {
    return 1 + this.perSecond * burstShare
  }
}
