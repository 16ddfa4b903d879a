import type { NumberId } from '../../src/contract/index.ts'
import type { MessageState, StatusKind } from '../../src/server/messages/index.ts'
import { hasArrived, noteProven, noteUnsent } from './daily-limit.ts'
import type { Message, Orphan, Tables } from './rows.ts'

const inferWithinMs = 600_000
/** What says that a message has not gone, or not yet. */
const notGone = new Set<MessageState>(['queued', 'skipped', 'cancelled'])

export interface ToldStatus {
  number_id: NumberId
  external_id: string
  kind: StatusKind
  /** The phone of the person, empty when the provider does not tell it. */
  recipient: string
  /** The attempt that the tag names; null when the provider left the tag out. */
  tag: { message_id: string; attempt: number } | null
}

/** One status as a callback brings it. Any order and any number of repeats ends the same. */
export function applyStatus(
  tables: Tables,
  nowMs: number,
  told: ToldStatus,
): 'applied' | 'repeat' | 'unrouted' {
  const { number_id, external_id, kind, tag } = told
  const id = tables.externalIds.get(`${number_id}|${external_id}`) ?? tag?.message_id
  const named = id === undefined ? undefined : tables.messages.get(id)
  const row = named ?? inferredMessage(tables, nowMs, told)
  if (row === undefined) {
    const isKnown = tables.orphans.some(
      (o) => o.number_id === number_id && o.external_id === external_id && o.kind === kind,
    )
    if (!isKnown) tables.orphans.push({ number_id, external_id, kind })
    return 'unrouted'
  }
  if (row.facts.has(kind)) return 'repeat'
  if (row.external_id === null) {
    row.external_id = external_id
    tables.externalIds.set(`${number_id}|${external_id}`, row.id)
  }
  addFacts(tables, nowMs, row, [{ kind, attempt: tag?.attempt ?? null, isInferred: named === undefined }])
  return 'applied'
}

/** A failure without id and tag of ours is about the only message to that person whose outcome is unknown. */
function inferredMessage(
  { messages, attempts, orphans }: Tables,
  nowMs: number,
  { number_id, external_id, kind, tag, recipient }: ToldStatus,
): Message | undefined {
  if (kind !== 'failed' || tag !== null || recipient === '') return undefined
  const isOrphan = (o: Orphan) =>
    o.number_id === number_id && o.external_id === external_id && o.kind === kind
  if (orphans.some(isOrphan)) return undefined
  const unsettled = [...messages.values()].filter((row) => {
    if (row.number_id !== number_id || row.to_phone !== recipient) return false
    const tried = attempts.get(row.id)?.[row.attempt - 1]
    if (row.state === 'intent') return tried?.ended_at === null
    const isOpen = row.state === 'unknown' || row.state === 'held'
    return isOpen && (tried?.intent_at ?? 0) > nowMs - inferWithinMs
  })
  return unsettled.length === 1 && unsettled[0]?.state === 'unknown' ? unsettled[0] : undefined
}

interface NewFact {
  kind: StatusKind
  attempt: number | null
  isInferred?: boolean
}

/**
 * In one statement: a failure that comes with its delivery gives no place of the daily limit back, and what was taken for
 * not sent counts again unless it failed.
 */
export function addFacts(tables: Tables, nowMs: number, row: Message, facts: readonly NewFact[]): void {
  const before = { state: row.state, hasFailed: row.facts.has('failed'), hasArrived: hasArrived(row) }
  for (const fact of facts) addFact(tables, nowMs, row, fact)
  const hasFailed = row.facts.has('failed')
  if (!before.hasFailed && hasFailed) noteUnsent(tables, row)
  const isProven = row.state === 'accepted' && notGone.has(before.state) && (!hasFailed || hasArrived(row))
  const arrivesAfterAll = hasFailed && hasArrived(row) && !before.hasArrived
  if (isProven || arrivesAfterAll) noteProven(tables, row)
}

/** A status proves that the message went out, whatever was believed; only a refusal that was told stays one. */
function addFact(
  tables: Tables,
  nowMs: number,
  row: Message,
  { kind, attempt, isInferred = false }: NewFact,
): void {
  if (row.facts.has(kind)) return
  row.facts.add(kind)
  if (row.state !== 'accepted' && row.state !== 'rejected') {
    row.state = 'accepted'
    row.resolution = isInferred ? 'inferred' : 'callback'
  }
  const tried = attempt === null ? undefined : tables.attempts.get(row.id)?.[attempt - 1]
  if (tried === undefined || (tried.outcome !== null && tried.outcome !== 'unknown')) return
  tried.outcome = 'accepted'
  tried.ended_at = nowMs
}
