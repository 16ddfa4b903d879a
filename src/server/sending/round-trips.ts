/** Long enough for the fastest answer to be among them, short enough to follow a provider that became slower. */
const spanMs = 10_000
/** Among fewer the fastest may still be a slow one. */
const samplesMin = 150

/** The least round trip of a number's requests in the last 10 to 20 s. */
export class RoundTrips {
  #spanEndsAtMs: number
  #least = Number.POSITIVE_INFINITY
  #samples = 0
  #leastBefore = Number.POSITIVE_INFINITY

  constructor(nowMs: number) {
    this.#spanEndsAtMs = nowMs + spanMs
  }

  note(tookMs: number, nowMs: number): void {
    this.#turn(nowMs)
    this.#least = Math.min(this.#least, tookMs)
    this.#samples += 1
  }

  /** 0 as long as not enough was seen. */
  leastMs(nowMs: number): number {
    this.#turn(nowMs)
    return Number.isFinite(this.#leastBefore) ? Math.min(this.#least, this.#leastBefore) : 0
  }

  #turn(nowMs: number): void {
    if (nowMs < this.#spanEndsAtMs) return
    const hasMissedOne = nowMs >= this.#spanEndsAtMs + spanMs
    const isKnown = !hasMissedOne && this.#samples >= samplesMin
    this.#leastBefore = isKnown ? this.#least : Number.POSITIVE_INFINITY
    this.#least = Number.POSITIVE_INFINITY
    this.#samples = 0
    this.#spanEndsAtMs = nowMs + spanMs
  }
}
