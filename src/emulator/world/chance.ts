/** Randomness that a seed repeats: every switch of the emulator draws from here, ids never do. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  restart(seed: number): void {
    this.#state = seed >>> 0
  }

  /** Mulberry32: a number from 0 (included) to 1 (excluded). */
  number(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  /** Draws nothing for 0 and 1, so a switch that is off doesn't shift the others. */
  happens(probability: number): boolean {
    if (probability <= 0) return false
    return probability >= 1 || this.number() < probability
  }

  spread(valueMs: number, share: number): number {
    if (share <= 0) return valueMs
    return valueMs * (1 - share + 2 * share * this.number())
  }
}
