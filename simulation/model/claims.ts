import type { ListId } from '../../src/contract/index.ts'
import {
  type Claim,
  type ClaimedMessage,
  priorities,
  type SkipReason,
} from '../../src/server/messages/index.ts'
import type { Lane } from '../../src/server/platform/index.ts'
import { noteUnsent, reserve } from './daily-limit.ts'
import { isHeld } from './leases.ts'
import type { Message, Tables } from './rows.ts'

/** Whatever else a template is, it may come back: its lists wait at the gate. */
const passing = new Set(['APPROVED', 'DELETED'])

export function claimDirect(tables: Tables, nowMs: number, lane: Lane, limit: number): Claim {
  if (!isHeld(tables, nowMs, lane)) return nothing
  const ofPriority = (priority: number) =>
    dueOf(
      tables,
      nowMs,
      (row) => row.list_id === null && row.number_id === lane.key && row.priority === priority,
    )
      .sort((a, b) => a.dueAt - b.dueAt || order(a.row.id, b.row.id))
      .slice(0, limit)
  const due = [...ofPriority(priorities.reply), ...ofPriority(priorities.api)].slice(0, limit)
  return claim(
    tables,
    nowMs,
    lane,
    due.map(({ row }) => row),
  )
}

export function claimOfList(
  tables: Tables,
  nowMs: number,
  lane: Lane,
  { from, limit }: { from: { list_id: ListId; after: string }; limit: number },
): Claim {
  if (!isHeld(tables, nowMs, lane) || !isOpen(tables, nowMs, from.list_id, lane.key)) return nothing
  const due = dueOf(tables, nowMs, (row) => row.list_id === from.list_id && row.id > from.after)
    .map(({ row }) => row)
    .sort((a, b) => order(a.id, b.id))
    .slice(0, limit)
  return claim(tables, nowMs, lane, due)
}

const nothing: Claim = { intents: [], skipped: [], last_id: null }

export function isOpen(
  { gates, templates }: Tables,
  nowMs: number,
  listId: ListId,
  numberId: string,
): boolean {
  const gate = gates.get(listId)
  if (gate === undefined || gate.number_id !== numberId) return false
  if (gate.sends_until === null || gate.sends_until <= nowMs) return false
  const template = templates.get(gate.template_id)
  return template === undefined || passing.has(template.status)
}

function dueOf(
  { queue, messages }: Tables,
  nowMs: number,
  isAsked: (row: Message) => boolean,
): { row: Message; dueAt: number }[] {
  const due: { row: Message; dueAt: number }[] = []
  for (const [id, dueAt] of queue) {
    const row = messages.get(id)
    if (dueAt <= nowMs && row !== undefined && isAsked(row)) due.push({ row, dueAt })
  }
  return due
}

/**
 * Takes the rows out of the queue; those whose message still waits become intents, or are left out for good. Who has no
 * place within the daily limit stays.
 */
function claim(tables: Tables, nowMs: number, lane: Lane, due: readonly Message[]): Claim {
  const judged = due
    .filter((row) => row.state === 'queued')
    .map((row) => ({ row, reason: skipReason(tables, nowMs, row) }))
  const asked = judged.filter(({ reason }) => reason === null).map(({ row }) => row)
  const granted = reserve(tables, nowMs, asked)
  const decided = judged.filter(({ row, reason }) => reason !== null || granted.has(row.id))
  const stay = new Set(judged.filter((one) => !decided.includes(one)).map(({ row }) => row))
  for (const row of due) if (!stay.has(row)) tables.queue.delete(row.id)
  const claimed = decided
    .map(({ row, reason }) => {
      row.epoch = lane.epoch
      row.state = reason === null ? 'intent' : 'skipped'
      if (reason === null) begin(tables, nowMs, lane, row)
      else noteUnsent(tables, row)
      return shown(tables, row, reason)
    })
    .sort((a, b) => a.priority - b.priority || order(a.id, b.id))
  return {
    intents: claimed.filter((row) => row.skip_reason === null),
    skipped: claimed.filter((row) => row.skip_reason !== null),
    last_id: claimed.reduce<string | null>((last, { id }) => (last === null || id > last ? id : last), null),
  }
}

function begin({ attempts }: Tables, nowMs: number, { epoch, owner }: Lane, row: Message): void {
  row.attempt += 1
  const tries = attempts.get(row.id) ?? []
  tries.push({
    message_id: row.id,
    n: row.attempt,
    epoch,
    owner,
    intent_at: nowMs,
    ended_at: null,
    outcome: null,
  })
  attempts.set(row.id, tries)
}

function skipReason({ people, templates }: Tables, nowMs: number, row: Message): SkipReason | null {
  const person = people.get(row.contact_id)
  if (row.type !== 'template') {
    const windowEnds = person?.windows.get(row.number_id) ?? Number.NEGATIVE_INFINITY
    return windowEnds > nowMs ? null : 'window_closed'
  }
  const template = row.template_id === null ? undefined : templates.get(row.template_id)
  if (template?.status !== 'APPROVED') return 'template_not_approved'
  if (template.category === 'AUTHENTICATION') return null
  if (person?.opted_out_all) return 'opted_out'
  return template.category === 'MARKETING' && person?.opted_out_marketing ? 'opted_out' : null
}

function shown({ attempts }: Tables, row: Message, reason: SkipReason | null): ClaimedMessage {
  const before = row.attempt < 2 ? [] : (attempts.get(row.id) ?? [])
  return {
    workspace_id: row.workspace_id,
    id: row.id,
    attempt: row.attempt,
    epoch: row.epoch ?? 0,
    priority: row.priority,
    type: row.type,
    body: row.body,
    to_phone: row.to_phone,
    to_user_id: null,
    template_external_id: null,
    context_external_id: null,
    contact_id: row.contact_id,
    list_id: row.list_id,
    deferrals: before.filter(({ outcome }) => outcome === 'later').length,
    skip_reason: reason,
  }
}

export function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
