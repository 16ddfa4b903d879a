import { nowMs } from './clock.ts'

export interface Stall {
  /** When the process went on, in epoch milliseconds. */
  ended_ms: number
  ms: number
}

const lookEveryMs = 5
const notedFromMs = 5
const keptMax = 20_000

/**
 * When this process stood still. Requests that came meanwhile are accepted together at its end: whoever counts messages
 * per second must know of it.
 */
export class Stalls {
  readonly #seen: Stall[] = []
  readonly #timer: NodeJS.Timeout
  #lookedAt = nowMs()

  constructor() {
    this.#timer = setInterval(() => this.#look(), lookEveryMs).unref()
  }

  get all(): readonly Stall[] {
    return this.#seen
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const now = nowMs()
    const ms = now - this.#lookedAt - lookEveryMs
    this.#lookedAt = now
    if (ms < notedFromMs) return
    this.#seen.push({ ended_ms: now, ms })
    if (this.#seen.length > keptMax) this.#seen.shift()
  }
}
