import { Chance } from '../faults/chance.ts'
import { EventQueue } from './event-queue.ts'

/**
 * One thread of time for databases, providers and any number of hub processes. Whatever takes time is a happening here,
 * and the seed says when it comes: so the seed decides which of several pending awaits goes on first.
 */
export class World {
  readonly chance: Chance
  readonly #queue = new EventQueue()
  #nowMs = 0
  #steps = 0

  constructor(seed: number) {
    this.chance = new Chance(seed)
  }

  get nowMs(): number {
    return this.#nowMs
  }

  /** Happenings so far. */
  get steps(): number {
    return this.#steps
  }

  in(ms: number, run: () => void): void {
    this.#queue.add({ atMs: this.#nowMs + Math.max(0, ms), rank: this.chance.number(), run })
  }

  /** Lets things happen, one after the other, until `isOver` or `untilMs`; between two of them all code runs as far as it can. */
  async run(untilMs: number, isOver: () => boolean = () => false): Promise<void> {
    await codeHasRun()
    while (this.#nowMs < untilMs && !isOver()) {
      const next = this.#queue.take()
      if (next === undefined) return
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      this.#steps += 1
      next.run()
      await codeHasRun()
    }
  }
}

/** Every promise that can go on has gone on: nothing in here waits for real time. */
function codeHasRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
