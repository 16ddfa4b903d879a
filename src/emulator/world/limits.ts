/** At most `limit` events in any moving second, counted exactly: the last `limit` times are kept in a ring. */
export class MovingSecond {
  #times: Float64Array
  #next = 0

  constructor(limit: number) {
    this.#times = new Float64Array(Math.max(1, limit))
  }

  admits(atMs: number): boolean {
    const oldest = this.#times[this.#next] ?? 0
    return atMs - oldest >= 1000
  }

  take(atMs: number): void {
    this.#times[this.#next] = atMs
    this.#next = (this.#next + 1) % this.#times.length
  }
}

// Meta, throughput page, read November 2025: one message per 6 s to the same user, bursts of 45.
const PAIR_INTERVAL_MS = 6_000
const PAIR_BURST = 45
const SWEEP_ABOVE = 50_000

/** The pair limit of one number, one moment per recipient: when its bucket would be full again. */
export class PairLimit {
  readonly #fullAgainMs = new Map<number, number>()
  #sweepAbove = SWEEP_ABOVE

  admits(recipient: number, atMs: number): boolean {
    const fullAgain = this.#fullAgainMs.get(recipient)
    return fullAgain === undefined || fullAgain - atMs <= (PAIR_BURST - 1) * PAIR_INTERVAL_MS
  }

  take(recipient: number, atMs: number): void {
    const fullAgain = this.#fullAgainMs.get(recipient) ?? 0
    this.#fullAgainMs.set(recipient, Math.max(fullAgain, atMs) + PAIR_INTERVAL_MS)
    if (this.#fullAgainMs.size > this.#sweepAbove) this.#sweep(atMs)
  }

  #sweep(atMs: number): void {
    for (const [recipient, fullAgain] of this.#fullAgainMs) {
      if (fullAgain <= atMs) this.#fullAgainMs.delete(recipient)
    }
    this.#sweepAbove = Math.max(SWEEP_ABOVE, this.#fullAgainMs.size * 2)
  }
}

const MESSAGING_LIMITS = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_1K: 1_000,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
  TIER_UNLIMITED: Number.POSITIVE_INFINITY,
} as const

export type MessagingLimit = keyof typeof MESSAGING_LIMITS

export const DAY_MS = 24 * 3_600_000

/** Unique recipients of a portfolio outside the service window in a moving day. */
export class DailyRecipients {
  // A Map keeps insertion order; taking again moves to the end, so the oldest stand first.
  readonly #takenMs = new Map<number, number>()

  admits(recipient: number, limit: MessagingLimit, atMs: number): boolean {
    const max = MESSAGING_LIMITS[limit]
    if (max === Number.POSITIVE_INFINITY) return true
    this.#forget(atMs)
    return this.#takenMs.has(recipient) || this.#takenMs.size < max
  }

  take(recipient: number, limit: MessagingLimit, atMs: number): void {
    if (limit === 'TIER_UNLIMITED' || this.#takenMs.has(recipient)) return
    this.#takenMs.set(recipient, atMs)
  }

  count(atMs: number): number {
    this.#forget(atMs)
    return this.#takenMs.size
  }

  #forget(atMs: number): void {
    for (const [recipient, takenMs] of this.#takenMs) {
      if (atMs - takenMs < DAY_MS) return
      this.#takenMs.delete(recipient)
    }
  }
}
