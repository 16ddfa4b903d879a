interface LiveEvent {
  type: 'message' | 'status' | 'account'
  phone_number_id?: string
  phone?: string
  wamid?: string
  status?: string
}

/** Tells open simulators what just happened; costs nothing while nobody watches. */
export class LiveFeed {
  readonly #listeners = new Set<(event: LiveEvent) => void>()

  get isWatched(): boolean {
    return this.#listeners.size > 0
  }

  publish(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
