/** One message each six seconds from one number to one person, and 45 at once after a rest. Meta's throughput page, read 2026-11-21. */
const refillMs = 6_000
const burst = 45
const sweepAbove = 20_000

interface Pair {
  /** When as many as the burst could go again. */
  fullAtMs: number
  /** The end of the places that were promised to messages put off. */
  promisedToMs: number
}

/**
 * What one number may send to each person, so that WhatsApp need not refuse it. It forgets with the process; then, and
 * where WhatsApp counts otherwise, its refusals teach it.
 */
export class PairLimit {
  readonly #pairs = new Map<string, Pair>()
  #sweepAbove = sweepAbove

  admits(person: string, nowMs: number): boolean {
    const pair = this.#pairs.get(person)
    return pair === undefined || freeAtMs(pair) <= nowMs
  }

  take(person: string, nowMs: number): void {
    const { fullAtMs, promisedToMs } = this.#pairOf(person, nowMs)
    this.#set(person, { fullAtMs: Math.max(fullAtMs, nowMs) + refillMs, promisedToMs }, nowMs)
  }

  /** How long one more has to wait. Each of those that wait gets a place of its own, but a reply takes the next of all. */
  putOff(person: string, nowMs: number, { isReply = false } = {}): number {
    const pair = this.#pairOf(person, nowMs)
    if (isReply) return Math.max(0, freeAtMs(pair) - nowMs)
    const placeAtMs = Math.max(freeAtMs(pair), pair.promisedToMs, nowMs)
    this.#set(person, { ...pair, promisedToMs: placeAtMs + refillMs }, nowMs)
    return placeAtMs - nowMs
  }

  /** WhatsApp says that there were too many. */
  exhausted(person: string, nowMs: number): void {
    const { promisedToMs } = this.#pairOf(person, nowMs)
    this.#set(person, { fullAtMs: nowMs + burst * refillMs, promisedToMs }, nowMs)
  }

  #pairOf(person: string, nowMs: number): Pair {
    return this.#pairs.get(person) ?? { fullAtMs: nowMs, promisedToMs: nowMs }
  }

  #set(person: string, pair: Pair, nowMs: number): void {
    this.#pairs.set(person, pair)
    if (this.#pairs.size <= this.#sweepAbove) return
    for (const [key, { fullAtMs }] of this.#pairs) if (fullAtMs <= nowMs) this.#pairs.delete(key)
    this.#sweepAbove = Math.max(sweepAbove, this.#pairs.size * 2)
  }
}

function freeAtMs({ fullAtMs }: Pair): number {
  return fullAtMs - (burst - 1) * refillMs
}
