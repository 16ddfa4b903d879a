import type { Holdings } from './leases.ts'

/** For so long a lane that was let go is left to the others. */
const leftToOthersMs = 2_000

/** How many of all lanes a process should hold, so that nobody holds two more than another and the fewest move. */
export function fairShare(owner: string, holdings: Holdings, total: number): number {
  const everyone = new Map(holdings).set(owner, holdings.get(owner) ?? 0)
  const least = Math.floor(total / everyone.size)
  const odd = total % everyone.size
  // Whoever holds most keeps the odd ones; all who see the same come to the same.
  const rank = [...everyone]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .findIndex(([one]) => one === owner)
  return rank < odd ? least + 1 : least
}

/** What one process knows of the share that it should hold of all lanes. */
export class LaneShare {
  readonly #owner: string
  #others: Holdings = new Map()
  #surplus = 0
  readonly #letGo = new Map<string, number>()

  constructor(owner: string) {
    this.#owner = owner
  }

  /**
   * As of now; `closing`: of its own, those on their way to others. Says how many more to let go: what was too much at
   * the last look already, since lanes come and go.
   */
  look(holdings: Holdings, { held, closing }: { held: number; closing: number }): number {
    this.#others = new Map([...holdings].filter(([owner]) => owner !== this.#owner))
    const surplus = Math.max(0, held - this.#shareOf(held, this.#heldByOthers + held + closing))
    const lasting = Math.min(surplus, this.#surplus)
    this.#surplus = surplus - lasting
    return lasting
  }

  /** How many more it may take at once: the rest of its share, if all lanes it knows of are worked on. */
  room(found: readonly string[], held: ReadonlySet<string>): number {
    if (this.#others.size === 0) return Number.POSITIVE_INFINITY
    const all = Math.max(new Set([...found, ...held]).size, this.#heldByOthers + held.size)
    return Math.max(0, Math.ceil(all / (this.#others.size + 1)) - held.size)
  }

  letGo(key: string, nowMs: number): void {
    this.#letGo.set(key, nowMs + leftToOthersMs)
  }

  /** Those that are not left to others just now. */
  open(keys: readonly string[], nowMs: number): string[] {
    for (const [key, untilMs] of this.#letGo) if (untilMs <= nowMs) this.#letGo.delete(key)
    return keys.filter((key) => !this.#letGo.has(key))
  }

  #shareOf(held: number, total: number): number {
    return fairShare(this.#owner, new Map(this.#others).set(this.#owner, held), total)
  }

  get #heldByOthers(): number {
    return [...this.#others.values()].reduce((sum, lanes) => sum + lanes, 0)
  }
}
