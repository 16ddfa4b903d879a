import type { NumberId } from '../../src/contract/index.ts'
import type { StatusKind } from '../../src/server/messages/index.ts'
import type { Message, Tables } from './rows.ts'

export interface ToldStatus {
  number_id: NumberId
  external_id: string
  kind: StatusKind
  /** The attempt that the tag names; null when the provider left the tag out. */
  tag: { message_id: string; attempt: number } | null
}

/** One status as a callback brings it. Any order and any number of repeats ends the same. */
export function applyStatus(
  tables: Tables,
  nowMs: number,
  { number_id, external_id, kind, tag }: ToldStatus,
): 'applied' | 'repeat' | 'unrouted' {
  const id = tables.externalIds.get(`${number_id}|${external_id}`) ?? tag?.message_id
  const row = id === undefined ? undefined : tables.messages.get(id)
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
  addFact(tables, nowMs, row, { kind, attempt: tag?.attempt ?? null })
  return 'applied'
}

/** A status proves that the message went out, whatever was believed; only a refusal that was told stays one. */
export function addFact(
  tables: Tables,
  nowMs: number,
  row: Message,
  { kind, attempt }: { kind: StatusKind; attempt: number | null },
): void {
  if (row.facts.has(kind)) return
  row.facts.add(kind)
  if (row.state !== 'accepted' && row.state !== 'rejected') {
    row.state = 'accepted'
    row.resolution = 'callback'
  }
  const tried = attempt === null ? undefined : tables.attempts.get(row.id)?.[attempt - 1]
  if (tried === undefined || (tried.outcome !== null && tried.outcome !== 'unknown')) return
  tried.outcome = 'accepted'
  tried.ended_at = nowMs
}
