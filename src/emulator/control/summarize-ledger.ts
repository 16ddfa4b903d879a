import { DELIVERY_STATES, type Ledger } from '../world/ledger.ts'

interface LedgerSummary {
  accepted: number
  recipients: number
  /** Recipients one number was sent more than one message for, most first. */
  repeated_recipients: Repeated[]
  repeated_recipient_count: number
  /** `biz_opaque_callback_data` accepted more than once: the same message sent twice. */
  repeated_opaque: { biz_opaque_callback_data: string; count: number }[]
  repeated_opaque_count: number
  by_state: Record<string, number>
  by_number: NumberSummary[]
}

interface Repeated {
  phone_number_id: string
  to: string
  count: number
}

interface NumberSummary {
  phone_number_id: string
  accepted: number
  /** The most messages in any moving second. */
  worst_second: number
  first_at: string | null
  last_at: string | null
}

const REPEATED_LISTED_MAX = 1000

/** Everything a test wants to know of a million messages, from typed columns in one pass and one sort. */
export function summarizeLedger(ledger: Ledger): LedgerSummary {
  const byNumber = ledger.numberIds.map((_, index) => numberColumns(ledger, index))
  const repeated: Repeated[] = []
  let recipients = 0
  for (const [index, columns] of byNumber.entries()) {
    recipients += collectRepeated(columns.recipients, ledger.numberIds[index] ?? '', repeated)
  }
  repeated.sort((left, right) => right.count - left.count)
  const opaque = repeatedOpaque(ledger)
  return {
    accepted: ledger.size,
    recipients,
    repeated_recipients: repeated.slice(0, REPEATED_LISTED_MAX),
    repeated_recipient_count: repeated.length,
    repeated_opaque: opaque.slice(0, REPEATED_LISTED_MAX),
    repeated_opaque_count: opaque.length,
    by_state: countStates(ledger.states),
    by_number: byNumber.flatMap((columns, index) =>
      columns.times.length === 0 ? [] : [summarizeNumber(ledger.numberIds[index] ?? '', columns.times)],
    ),
  }
}

interface NumberColumns {
  times: Float64Array
  recipients: Float64Array
}

function numberColumns(ledger: Ledger, index: number): NumberColumns {
  const { numberIndexes, times, recipients } = ledger
  let count = 0
  for (const numberIndex of numberIndexes) if (numberIndex === index) count += 1
  const columns = { times: new Float64Array(count), recipients: new Float64Array(count) }
  let next = 0
  for (let at = 0; at < numberIndexes.length; at += 1) {
    if (numberIndexes[at] !== index) continue
    columns.times[next] = times[at] ?? 0
    columns.recipients[next] = recipients[at] ?? 0
    next += 1
  }
  return columns
}

/** Adds those met more than once and answers how many different ones there are. */
function collectRepeated(recipients: Float64Array, phoneNumberId: string, into: Repeated[]): number {
  recipients.sort()
  let distinct = 0
  let start = 0
  for (let at = 1; at <= recipients.length; at += 1) {
    if (at < recipients.length && recipients[at] === recipients[start]) continue
    distinct += 1
    if (at - start > 1)
      into.push({ phone_number_id: phoneNumberId, to: String(recipients[start]), count: at - start })
    start = at
  }
  return distinct
}

function repeatedOpaque(ledger: Ledger): LedgerSummary['repeated_opaque'] {
  const seen = new Set<string>()
  const counts = new Map<string, number>()
  for (const opaque of ledger.opaques) {
    if (opaque === undefined) continue
    if (seen.has(opaque)) counts.set(opaque, (counts.get(opaque) ?? 1) + 1)
    else seen.add(opaque)
  }
  return [...counts]
    .map(([data, count]) => ({ biz_opaque_callback_data: data, count }))
    .sort((left, right) => right.count - left.count)
}

function countStates(states: Uint8Array): Record<string, number> {
  const counts = new Array<number>(DELIVERY_STATES.length).fill(0)
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1
  return Object.fromEntries(DELIVERY_STATES.map((name, index) => [name, counts[index] ?? 0]))
}

function summarizeNumber(phoneNumberId: string, times: Float64Array): NumberSummary {
  const moment = (atMs: number | undefined): string | null =>
    atMs === undefined ? null : new Date(atMs).toISOString()
  return {
    phone_number_id: phoneNumberId,
    accepted: times.length,
    worst_second: worstSecond(times),
    first_at: moment(times[0]),
    last_at: moment(times[times.length - 1]),
  }
}

function worstSecond(times: Float64Array): number {
  let worst = 0
  let start = 0
  for (let at = 0; at < times.length; at += 1) {
    while ((times[at] ?? 0) - (times[start] ?? 0) >= 1000) start += 1
    worst = Math.max(worst, at - start + 1)
  }
  return worst
}
