import type { AttemptOutcome, ClaimedMessage, MessageState } from '../../src/server/messages/index.ts'
import type { Lane } from '../../src/server/platform/index.ts'
import { noteUnsent } from './daily-limit.ts'
import { attemptOf, type Message, queueAgain, type Tables } from './rows.ts'
import { addFacts } from './statuses.ts'

/** From which states an answer still moves a message. */
const movable: Record<AttemptOutcome['outcome'], readonly MessageState[]> = {
  unknown: ['intent'],
  accepted: ['intent', 'unknown', 'held', 'expired'],
  refused: ['intent', 'unknown', 'held', 'expired'],
  later: ['intent', 'unknown'],
  unsent: ['intent', 'unknown'],
}

export function recordOutcomes(tables: Tables, nowMs: number, outcomes: readonly AttemptOutcome[]): void {
  for (const told of outcomes) endAttempt(tables, nowMs, told)
  const moved = outcomes.flatMap((told) => {
    const row = tables.messages.get(told.message_id)
    const isMoved = row?.attempt === told.attempt && movable[told.outcome].includes(row.state)
    return isMoved ? [{ row, told }] : []
  })
  for (const { row, told } of moved) {
    move(tables, nowMs, row, told)
    if (told.outcome === 'refused') addFacts(tables, nowMs, row, [{ kind: 'failed', attempt: null }])
  }
  for (const told of outcomes) takeOrphans(tables, nowMs, told, moved.find((one) => one.told === told)?.row)
}

function endAttempt(tables: Tables, nowMs: number, { message_id, attempt, outcome }: AttemptOutcome): void {
  const row = tables.messages.get(message_id)
  const tried = row && tables.attempts.get(row.id)?.[attempt - 1]
  if (tried === undefined || (tried.outcome !== null && tried.outcome !== 'unknown')) return
  tried.outcome = outcome
  tried.ended_at = nowMs
}

function move(tables: Tables, nowMs: number, row: Message, told: AttemptOutcome): void {
  if (told.retry_in_ms !== null) row.next_at = nowMs + told.retry_in_ms
  switch (told.outcome) {
    case 'accepted':
    case 'refused':
      row.state = told.outcome === 'accepted' ? 'accepted' : 'rejected'
      row.resolution = 'answer'
      if (told.external_id !== null) nameMessage(tables, row, told.external_id)
      if (row.state === 'rejected') noteUnsent(tables, row)
      return
    case 'unknown':
      row.state = 'unknown'
      row.unknown_since ??= nowMs
      return
    case 'later':
    case 'unsent':
      queueUnsent(tables, row)
  }
}

/** Statuses that were faster than the answer naming their message; an answer that changes nothing ends them as well. */
function takeOrphans(
  tables: Tables,
  nowMs: number,
  { number_id, external_id }: AttemptOutcome,
  row?: Message,
): void {
  if (external_id === null) return
  const mine = tables.orphans.filter((o) => o.number_id === number_id && o.external_id === external_id)
  if (mine.length === 0) return
  tables.orphans = tables.orphans.filter((orphan) => !mine.includes(orphan))
  if (row?.external_id !== external_id) return
  addFacts(
    tables,
    nowMs,
    row,
    mine.map(({ kind }) => ({ kind, attempt: null })),
  )
}

export function nameMessage(tables: Tables, row: Message, externalId: string): void {
  row.external_id ??= externalId
  const key = `${row.number_id}|${externalId}`
  if (row.external_id === externalId && !tables.externalIds.has(key)) tables.externalIds.set(key, row.id)
}

/** Only the epoch and attempt that claimed it: whatever happened to it since stays. */
export function releaseIntents(tables: Tables, nowMs: number, intents: readonly ClaimedMessage[]): void {
  for (const { id, attempt, epoch } of intents) {
    const row = tables.messages.get(id)
    if (row === undefined || row.attempt !== attempt || row.epoch !== epoch) continue
    if (row.state === 'intent' || row.state === 'unknown') giveBack(tables, nowMs, row)
  }
}

export function releaseUnheard(
  tables: Tables,
  nowMs: number,
  lane: Lane,
  known: { heardOfIds: readonly string[]; before: Date },
): number {
  const heardOf = new Set(known.heardOfIds)
  const beforeMs = known.before.getTime()
  const unheard = [...tables.messages.values()].filter((row) => {
    if (row.number_id !== lane.key || row.epoch !== lane.epoch || heardOf.has(row.id)) return false
    const tried = attemptOf(tables, row)
    return (
      isOpenIntent(row) &&
      tried?.owner === lane.owner &&
      tried.ended_at === null &&
      tried.intent_at < beforeMs
    )
  })
  for (const row of unheard) giveBack(tables, nowMs, row)
  return unheard.length
}

function isOpenIntent({ state }: Message): boolean {
  return state === 'intent' || state === 'unknown'
}

/** Of what became unknown meanwhile nobody can say that it took no place. */
function queueUnsent(tables: Tables, row: Message): void {
  const wasIntent = row.state === 'intent'
  queueAgain(tables, row)
  if (wasIntent) noteUnsent(tables, row)
}

function giveBack(tables: Tables, nowMs: number, row: Message): void {
  queueUnsent(tables, row)
  const tried = attemptOf(tables, row)
  if (tried === undefined) return
  tried.outcome = 'unsent'
  tried.ended_at = nowMs
}
