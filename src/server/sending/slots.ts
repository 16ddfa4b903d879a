/**
 * Requests in flight of this process. Lanes that found none free are served in turn as others end, so that a fast lane
 * can't keep a slow one out.
 */
export class Slots {
  readonly #max: number
  readonly #waiting = new Set<() => void>()
  #taken = 0

  constructor(max: number) {
    this.#max = max
  }

  /** False when all are taken; then `whenFree` is called once, when it may try again. */
  take(whenFree: () => void): boolean {
    if (this.#taken < this.#max) {
      this.#taken += 1
      this.#waiting.delete(whenFree)
      return true
    }
    this.#waiting.add(whenFree)
    return false
  }

  release(): void {
    this.#taken -= 1
    const [next] = this.#waiting
    if (next === undefined) return
    this.#waiting.delete(next)
    next()
  }
}
