import { type ClaimedMessage, priorities } from '../messages/index.ts'

export interface WaitingIntent {
  message: ClaimedMessage
  /** When it was asked for: it was claimed later. */
  sinceMs: number
}

/** Intents that wait for their token, replies and API messages before bulk. */
export class LaneBuffer {
  #direct: WaitingIntent[] = []
  #bulk: WaitingIntent[] = []

  get size(): number {
    return this.#direct.length + this.#bulk.length
  }

  get directSize(): number {
    return this.#direct.length
  }

  get bulkSize(): number {
    return this.#bulk.length
  }

  add(messages: readonly ClaimedMessage[], sinceMs: number): void {
    for (const message of messages) {
      if (message.priority === priorities.bulk) this.#bulk.push({ message, sinceMs })
      else this.#addDirect({ message, sinceMs })
    }
  }

  /** The next one stays where it is until `shift`. */
  peek(): WaitingIntent | undefined {
    return this.#direct[0] ?? this.#bulk[0]
  }

  shift(): WaitingIntent | undefined {
    return this.#direct.shift() ?? this.#bulk.shift()
  }

  takeAll(): ClaimedMessage[] {
    const all = [...this.#direct, ...this.#bulk]
    this.#direct = []
    this.#bulk = []
    return all.map(({ message }) => message)
  }

  #addDirect(intent: WaitingIntent): void {
    const behind = this.#direct.findIndex(({ message }) => message.priority > intent.message.priority)
    if (behind === -1) this.#direct.push(intent)
    else this.#direct.splice(behind, 0, intent)
  }
}
