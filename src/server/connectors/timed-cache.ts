/** Remembers what was loaded for a short while; askers at the same time share one load. */
export class TimedCache<Value> {
  readonly #ttlMs: number
  readonly #sizeMax: number
  readonly #entries = new Map<string, { value: Promise<Value>; loadedAtMs: number }>()

  constructor({ ttlMs, sizeMax }: { ttlMs: number; sizeMax: number }) {
    this.#ttlMs = ttlMs
    this.#sizeMax = sizeMax
  }

  get(key: string, nowMs: number, load: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(key)
    if (known && nowMs - known.loadedAtMs < this.#ttlMs) return known.value
    const value = load()
    this.#entries.delete(key)
    this.#entries.set(key, { value, loadedAtMs: nowMs })
    // A failure is not remembered: the next asker tries again.
    value.catch(() => {
      if (this.#entries.get(key)?.value === value) this.#entries.delete(key)
    })
    this.#forgetOldest()
    return value
  }

  clear(): void {
    this.#entries.clear()
  }

  #forgetOldest(): void {
    if (this.#entries.size <= this.#sizeMax) return
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined) this.#entries.delete(oldest)
  }
}
