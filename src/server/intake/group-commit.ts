export interface GroupCommitOptions<Item> {
  /** One transaction for all of them: it commits whole or not at all. */
  commit: (items: readonly Item[]) => Promise<void>
  /** Whether an error was one item's doing: then each of its batch is tried alone. */
  isOneItemsFault: (error: unknown) => boolean
  batchSizeMax: number
  batchBytesMax: number
  batchesInFlightMax: number
  /** Beyond either of these, nothing more is taken. */
  waitingMax: number
  waitingBytesMax: number
}

interface Waiting<Item> {
  item: Item
  bytes: number
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Commits what many callers bring in few transactions, without a timer: what waited while a batch was in flight goes
 * with the next one. Alone, a caller waits for nobody; under load, batches grow by themselves.
 */
export class GroupCommit<Item> {
  readonly #options: GroupCommitOptions<Item>
  #waiting: Waiting<Item>[] = []
  #waitingBytes = 0
  #inFlight = 0

  constructor(options: GroupCommitOptions<Item>) {
    this.#options = options
  }

  get waitingCount(): number {
    return this.#waiting.length
  }

  /** Whether another item would be one too many: then say so to whoever brings it, before the work is done. */
  get isFull(): boolean {
    const { waitingMax, waitingBytesMax } = this.#options
    return this.#waiting.length >= waitingMax || this.#waitingBytes >= waitingBytesMax
  }

  /** Resolves once the item is committed, rejects when its batch was not. */
  add(item: Item, bytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, bytes, resolve, reject })
      this.#waitingBytes += bytes
      this.#flush()
    })
  }

  #flush(): void {
    while (this.#waiting.length > 0 && this.#inFlight < this.#options.batchesInFlightMax) {
      const batch = this.#waiting.splice(0, this.#nextBatchSize())
      for (const { bytes } of batch) this.#waitingBytes -= bytes
      this.#inFlight += 1
      void this.#settle(batch).finally(() => {
        this.#inFlight -= 1
        this.#flush()
      })
    }
  }

  #nextBatchSize(): number {
    const { batchSizeMax, batchBytesMax } = this.#options
    let bytes = 0
    const tooMany = this.#waiting.findIndex((waiting, index) => {
      bytes += waiting.bytes
      return index >= batchSizeMax || (index > 0 && bytes > batchBytesMax)
    })
    return tooMany === -1 ? this.#waiting.length : tooMany
  }

  async #settle(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.#options.commit(batch.map(({ item }) => item))
      for (const { resolve } of batch) resolve()
    } catch (error) {
      if (batch.length > 1 && this.#options.isOneItemsFault(error)) {
        for (const waiting of batch) await this.#settle([waiting])
      } else {
        for (const { reject } of batch) reject(error)
      }
    }
  }
}
