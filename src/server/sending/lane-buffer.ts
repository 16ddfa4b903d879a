import { type ClaimedMessage, priorities } from '../messages/index.ts'

/** Intents that wait for their token, replies and API messages before bulk. */
export class LaneBuffer {
  #direct: ClaimedMessage[] = []
  #bulk: ClaimedMessage[] = []

  get size(): number {
    return this.#direct.length + this.#bulk.length
  }

  get bulkSize(): number {
    return this.#bulk.length
  }

  add(messages: readonly ClaimedMessage[]): void {
    for (const message of messages) {
      if (message.priority === priorities.bulk) this.#bulk.push(message)
      else this.#addDirect(message)
    }
  }

  /** The next one stays where it is until `shift`. */
  peek(): ClaimedMessage | undefined {
    return this.#direct[0] ?? this.#bulk[0]
  }

  shift(): ClaimedMessage | undefined {
    return this.#direct.shift() ?? this.#bulk.shift()
  }

  takeAll(): ClaimedMessage[] {
    const all = [...this.#direct, ...this.#bulk]
    this.#direct = []
    this.#bulk = []
    return all
  }

  #addDirect(message: ClaimedMessage): void {
    const behind = this.#direct.findIndex((other) => other.priority > message.priority)
    if (behind === -1) this.#direct.push(message)
    else this.#direct.splice(behind, 0, message)
  }
}
