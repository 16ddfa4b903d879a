import { type ContactSummary, contactId, type Resend, type UnsettledMessage } from '../../contract/index.ts'
import { previewOf } from './preview.ts'
import type { ListColumns, PersonColumns, ResendRow, UnsettledRow } from './queries-unsettled.ts'

export function presentUnsettled(row: UnsettledRow): UnsettledMessage {
  return {
    id: row.id,
    state: row.state,
    number_id: row.number_id,
    contact: presentPerson(row),
    list: presentListOf(row),
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
    list: presentListOf(row),
    number_id,
    contact: presentPerson(row),
    attempt,
    decided_by,
    actor_name,
    at: row.at.toISOString(),
    was_doubled,
  }
}

function presentListOf({ list_id, list_name, list_hub_id }: ListColumns): UnsettledMessage['list'] {
  if (list_id === null || list_hub_id === null) return null
  return { id: list_id, name: list_name ?? '', hub_id: list_hub_id }
}

function presentPerson(row: PersonColumns): ContactSummary {
  return {
    id: contactId.parse(row.contact_id),
    phone: row.contact_phone,
    user_id: row.contact_user_id,
    // Lists are sent to people.
    is_group: false,
    username: row.contact_username,
    name: row.contact_name,
  }
}
