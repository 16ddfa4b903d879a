import { type ContactSummary, contactId, type Resend, type UnsettledMessage } from '../../contract/index.ts'
import { previewOf } from './preview.ts'
import type { PersonColumns, ResendRow, UnsettledRow } from './queries-unsettled.ts'

export function presentUnsettled(row: UnsettledRow): UnsettledMessage {
  return {
    id: row.id,
    state: row.state,
    number_id: row.number_id,
    contact: presentPerson(row),
    list: row.list_id === null ? null : { id: row.list_id, name: row.list_name ?? '' },
    category: row.category,
    preview: previewOf(row.type, row.content),
    since: row.since.toISOString(),
    attempts: row.attempt,
    reason: reasonOf(row),
  }
}

function reasonOf({ state, was_resent }: UnsettledRow): UnsettledMessage['reason'] {
  if (state === 'unknown') return 'waiting_for_evidence'
  return was_resent ? 'resent_before' : 'policy_hold'
}

export function presentResend(row: ResendRow): Resend {
  const { id, message_id, list_id, number_id, attempt, decided_by, actor_name, was_doubled } = row
  return {
    id,
    message_id,
    list_id,
    number_id,
    contact: presentPerson(row),
    attempt,
    decided_by,
    actor_name,
    at: row.at.toISOString(),
    was_doubled,
  }
}

function presentPerson(row: PersonColumns): ContactSummary {
  return {
    id: contactId.parse(row.contact_id),
    phone: row.contact_phone,
    user_id: row.contact_user_id,
    username: row.contact_username,
    name: row.contact_name,
  }
}
