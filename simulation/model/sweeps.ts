import type { NumberId } from '../../src/contract/index.ts'
import { attemptOf, type Message, type Tables } from './rows.ts'
import { goAgain } from './settling.ts'

const evidenceWaitMs = 600_000
const minuteMs = 60_000
const rules = { giveUpMs: 3_600_000, aroundMs: 120_000, witnessesMin: 20, toldShareMin: 0.95 }

export function markStale(tables: Tables, nowMs: number, staleAfterMs: number): number {
  let marked = 0
  for (const row of tables.messages.values()) {
    const tried = attemptOf(tables, row)
    if (row.state !== 'intent' || tried === undefined || tried.outcome !== null) continue
    if (tried.intent_at >= nowMs - staleAfterMs) continue
    row.state = 'unknown'
    row.unknown_since = nowMs
    tried.outcome = 'unknown'
    marked += 1
  }
  return marked
}

/** Only where a webhook came after the wait had passed: as long as none comes, silence proves nothing. */
export function expireUnknowns(tables: Tables, nowMs: number): number {
  const waited = [...tables.messages.values()].filter(
    (row) => row.state === 'unknown' && row.facts.size === 0 && hasWaited(tables, nowMs, row),
  )
  for (const row of waited) {
    row.state = row.category === 'AUTHENTICATION' ? 'expired' : 'held'
    row.resolution = 'policy'
    const tried = attemptOf(tables, row)
    if (tried) tried.ended_at ??= nowMs
  }
  return waited.length
}

function hasWaited({ numbers }: Tables, nowMs: number, row: Message): boolean {
  const since = row.unknown_since
  const lastWebhookAt = numbers.get(row.number_id)?.last_webhook_at ?? Number.NEGATIVE_INFINITY
  return since !== null && since < nowMs - evidenceWaitMs && lastWebhookAt > since + evidenceWaitMs
}

/** UTILITY messages of unknown outcome, once each, where the workspace wants it and silence means something. */
export function resendByPolicy(tables: Tables, nowMs: number): number {
  const { policy } = tables
  if (policy.utility_unknown !== 'resend') return 0
  const wanted = [...tables.messages.values()].filter(
    (row) =>
      (row.state === 'unknown' || row.state === 'held') &&
      row.facts.size === 0 &&
      row.category === 'UTILITY' &&
      row.unknown_since !== null &&
      row.unknown_since >= nowMs - rules.giveUpMs &&
      row.unknown_since <= nowMs - evidenceWaitMs &&
      policy.changed_at < row.unknown_since &&
      hasWaited(tables, nowMs, row) &&
      !tables.resends.some(({ message_id }) => message_id === row.id),
  )
  const proven = wanted.filter((row) => isProven(tables, row.number_id, momentOf(tables, row, wanted)))
  for (const row of proven) {
    tables.resends.push({ message_id: row.id, decided_by: 'policy' })
    goAgain(tables, nowMs, row, 'policy')
  }
  return proven.length
}

/** From the first to the last of those lost in the same minute. */
function momentOf(tables: Tables, row: Message, wanted: readonly Message[]): { first: number; last: number } {
  const minuteOf = (one: Message) => Math.floor((attemptOf(tables, one)?.intent_at ?? 0) / minuteMs)
  const times = wanted
    .filter((other) => other.number_id === row.number_id && minuteOf(other) === minuteOf(row))
    .map((other) => attemptOf(tables, other)?.intent_at ?? 0)
  return { first: Math.min(...times), last: Math.max(...times) }
}

function isProven(
  { attempts, messages }: Tables,
  numberId: NumberId,
  { first, last }: { first: number; last: number },
): boolean {
  let sent = 0
  let told = 0
  for (const tries of attempts.values()) {
    for (const { intent_at, outcome, message_id } of tries) {
      const witness = messages.get(message_id)
      if (outcome !== 'accepted' || witness?.number_id !== numberId) continue
      if (intent_at < first - rules.aroundMs || intent_at > last + rules.aroundMs) continue
      sent += 1
      if ([...witness.facts].some((kind) => kind !== 'enqueued')) told += 1
    }
  }
  return sent >= rules.witnessesMin && told >= rules.toldShareMin * sent
}
