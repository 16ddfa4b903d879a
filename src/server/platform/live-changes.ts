import type { LiveChange } from './context.ts'

/** PostgreSQL refuses notifications of 8000 bytes and more. */
const payloadBytesMax = 7_500
/** Beyond this, "all of that topic" is shorter to say and as cheap to fetch. */
const idsPerTopicMax = 50

export const everything = '*'

/** Changes that wait for the next notification; the same change twice is one. */
export class PendingChanges {
  readonly #ids = new Map<string, Map<string, Set<string>>>()

  get isEmpty(): boolean {
    return this.#ids.size === 0
  }

  add(workspaceId: string, { topic, id }: LiveChange): void {
    const topics = this.#ids.get(workspaceId) ?? new Map<string, Set<string>>()
    this.#ids.set(workspaceId, topics)
    const ids = topics.get(topic) ?? new Set<string>()
    topics.set(topic, ids)
    if (ids.has(everything)) return
    ids.add(id)
    if (ids.size > idsPerTopicMax) topics.set(topic, new Set([everything]))
  }

  /** Empties the collection into payloads, each short enough to be sent. */
  takePayloads(): string[] {
    const entries = [...this.#ids].flatMap(([workspaceId, topics]) =>
      [...topics].map(([topic, ids]): PayloadEntry => [workspaceId, topic, [...ids]]),
    )
    this.#ids.clear()
    const payloads: string[] = []
    let current: PayloadEntry[] = []
    let bytes = 2
    for (const entry of entries) {
      const entryBytes = Buffer.byteLength(JSON.stringify(entry)) + 1
      if (bytes + entryBytes > payloadBytesMax && current.length > 0) {
        payloads.push(JSON.stringify(current))
        current = []
        bytes = 2
      }
      current.push(entry)
      bytes += entryBytes
    }
    if (current.length > 0) payloads.push(JSON.stringify(current))
    return payloads
  }
}

/** Workspace, topic, ids. */
export type PayloadEntry = [workspaceId: string, topic: string, ids: string[]]
