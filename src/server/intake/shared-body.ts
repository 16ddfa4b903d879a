import { parseExactly, writeExactly } from '../providers/index.ts'
import { groupBy } from './group-by.ts'

/** An entry of a body with one of its changes, or an entry that has none. */
interface Single {
  entry: unknown
  /** Which entry of the whole it stands in. */
  index: number
}

/**
 * Cuts a body of Meta's at its changes: one body per owner, in the order in which they first appear. Every change goes
 * into exactly one of them, with the envelope of the whole; what is no change goes to nobody. Null when it is no body of
 * Meta's at all.
 */
export function cutByOwner(body: Buffer, ownerOf: (part: Buffer) => string | null): Buffer[] | null {
  const root = parseBody(body)
  if (root === null) return null
  const write = (entries: readonly unknown[]) => Buffer.from(writeExactly({ ...root, entry: entries }))
  const singles = root.entry.flatMap((entry, index) => singlesOf(entry).map((one) => ({ entry: one, index })))
  const parts = groupBy(singles, ({ entry }) => (isEntry(entry) ? ownerOf(write([entry])) : null))
  return [...parts.values()].map((part) => write(joined(part)))
}

function singlesOf(entry: unknown): unknown[] {
  if (!isEntry(entry) || entry.changes.length === 0) return [entry]
  return entry.changes.map((change) => ({ ...entry, changes: [change] }))
}

/** Changes that stood in one entry stand in one again. */
function joined(part: readonly Single[]): unknown[] {
  return [...groupBy(part, ({ index }) => index).values()].map(([first, ...others]) => {
    const entry = first?.entry
    if (!isEntry(entry)) return entry
    const more = others.flatMap((other) => (isEntry(other.entry) ? other.entry.changes : []))
    return { ...entry, changes: [...entry.changes, ...more] }
  })
}

function parseBody(body: Buffer): { entry: unknown[] } | null {
  try {
    const root = parseExactly(body.toString('utf8'))
    return isObject(root) && Array.isArray(root.entry) ? { ...root, entry: root.entry } : null
  } catch {
    return null
  }
}

function isEntry(value: unknown): value is { changes: unknown[] } {
  return isObject(value) && Array.isArray(value.changes)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
