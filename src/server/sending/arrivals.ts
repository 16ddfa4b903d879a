const secondMs = 1_000
/** Slots of a ring, one per millisecond: more than a second has. */
const slotCount = 1_024

/** Answers tell the least round trip only roughly: by so much the fastest of them may still be slower than one can be. */
const leastErrorMs = 30
/**
 * From a provider whose fastest answer takes this long, answers differ because it thinks, not because of the way: what is
 * over `wayMaxMs` is not put down to the way, and the pace loses a tenth at most. Nearby it is a process that stood still.
 */
const farFromMs = 100
const wayMaxMs = 100

/**
 * When a request that has its answer can have arrived at the latest. A round trip over the least one may all have been
 * spent on the way there; the least way of all is the same for each, and moves them all alike.
 */
export function latestArrivalMs(request: {
  sentAtMs: number
  answeredAtMs: number
  /** 0: not known, then the request may have arrived only just before its answer. */
  leastRoundTripMs: number
}): number {
  const { sentAtMs, answeredAtMs, leastRoundTripMs } = request
  const surelyNotThere = Math.max(0, leastRoundTripMs - leastErrorMs)
  const there = Math.max(0, answeredAtMs - sentAtMs - surelyNotThere)
  return sentAtMs + (leastRoundTripMs < farFromMs ? there : Math.min(there, wayMaxMs))
}

/**
 * Requests that may have arrived at the provider within the last second: each counts from when it is sent until a second
 * after its latest possible arrival. While no more than the limit count, no second at the provider holds more: when the
 * last request of such a second is sent, all others of it were sent and still count.
 */
export class Arrivals {
  #onTheWay = 0
  #arrived = 0
  /** How many stop counting, by the millisecond in which they do. */
  readonly #ending = new Uint32Array(slotCount)
  #endedUntilMs: number
  #lastEndsAtMs: number

  constructor(nowMs: number) {
    this.#endedUntilMs = Math.floor(nowMs)
    this.#lastEndsAtMs = nowMs
  }

  get onTheWay(): number {
    return this.#onTheWay
  }

  countAt(nowMs: number): number {
    this.#end(nowMs)
    return this.#onTheWay + this.#arrived
  }

  begin(): void {
    this.#onTheWay += 1
  }

  /** It never left: as if it had not been. */
  takeBack(): void {
    this.#onTheWay -= 1
  }

  /** It is over, one way or the other. */
  end(latestArrivalMs: number, nowMs: number): void {
    this.#end(nowMs)
    this.#onTheWay -= 1
    const endsAtMs = Math.ceil(Math.min(latestArrivalMs, nowMs) + secondMs)
    if (endsAtMs <= this.#endedUntilMs) return
    const slot = endsAtMs % slotCount
    this.#ending[slot] = (this.#ending[slot] ?? 0) + 1
    this.#arrived += 1
    this.#lastEndsAtMs = Math.max(this.#lastEndsAtMs, endsAtMs)
  }

  /** How long until one less counts; null while that takes an answer. */
  msUntilFewer(nowMs: number): number | null {
    this.#end(nowMs)
    if (this.#arrived === 0) return null
    let atMs = this.#endedUntilMs + 1
    while (this.#ending[atMs % slotCount] === 0) atMs += 1
    return atMs - nowMs
  }

  /** How long until none counts, if nothing more is sent and nothing is on its way. */
  msUntilNone(nowMs: number): number {
    return Math.max(0, this.#lastEndsAtMs - nowMs)
  }

  #end(nowMs: number): void {
    const untilMs = Math.floor(nowMs)
    if (untilMs - this.#endedUntilMs >= slotCount) {
      this.#ending.fill(0)
      this.#arrived = 0
      this.#endedUntilMs = untilMs
    }
    while (this.#endedUntilMs < untilMs && this.#arrived > 0) {
      this.#endedUntilMs += 1
      const slot = this.#endedUntilMs % slotCount
      this.#arrived -= this.#ending[slot] ?? 0
      this.#ending[slot] = 0
    }
    this.#endedUntilMs = Math.max(this.#endedUntilMs, untilMs)
  }
}
