/**
 * Share of the limit that is used, and how much may be caught up at once: with the one in hand they stay under it by the
 * 20 ms or so that requests on their way to the provider may move together.
 */
const usedShare = 0.95
const burstShare = 0.015

/**
 * A token bucket under a provider's limit per second. In no sliding second does it give out more than the limit, also
 * after a stall and when the limit falls; a new one is empty, since the owner before may have just used it up.
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
