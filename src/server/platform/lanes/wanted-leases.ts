import type { LeaseOfOther } from './leases.ts'

/** One that is free but beyond a fair share is taken all the same when nobody else has for so long. */
const patienceMs = 1_000

/**
 * Leases that were wanted and are others' yet. The end of a killed owner's is known beforehand, so that nobody has to come
 * upon it by looking.
 */
export class WantedLeases {
  readonly #freeAtMs = new Map<string, number>()

  /** As of the last look; what is not among them is not wanted any more. */
  note(leases: readonly LeaseOfOther[], nowMs: number): void {
    const before = new Map(this.#freeAtMs)
    this.#freeAtMs.clear()
    for (const { key, free_in_ms } of leases) {
      const atMs = nowMs + (free_in_ms > 0 ? free_in_ms : patienceMs)
      this.#freeAtMs.set(key, free_in_ms > 0 ? atMs : Math.min(atMs, before.get(key) ?? atMs))
    }
  }

  /** Infinity when none is known of. */
  msUntilNext(nowMs: number): number {
    let nextAtMs = Number.POSITIVE_INFINITY
    for (const atMs of this.#freeAtMs.values()) nextAtMs = Math.min(nextAtMs, atMs)
    return Math.max(0, nextAtMs - nowMs)
  }

  /** Those that ran out, unless they were renewed meanwhile. Each is told once. */
  takeFree(nowMs: number): string[] {
    const free = [...this.#freeAtMs].filter(([, atMs]) => atMs <= nowMs).map(([key]) => key)
    for (const key of free) this.#freeAtMs.delete(key)
    return free
  }
}
