import { type Contact, type ContactSummary, contactId } from '../../contract/index.ts'
import type { ContactRow } from './contact.ts'

export type ContactSummaryRow = Pick<
  ContactRow,
  'id' | 'phone' | 'user_id' | 'is_group' | 'username' | 'name' | 'profile_name'
>

export function presentContact(row: ContactRow): Contact {
  return {
    id: contactId.parse(row.id),
    phone: row.phone,
    user_id: row.user_id,
    is_group: row.is_group,
    username: row.username,
    name: row.name,
    profile_name: row.profile_name,
    attributes: row.attributes,
    opted_out_all_at: row.opted_out_all_at?.toISOString() ?? null,
    opted_out_marketing_at: row.opted_out_marketing_at?.toISOString() ?? null,
    source: row.source,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

export function presentContactSummary(row: ContactSummaryRow): ContactSummary {
  return {
    id: contactId.parse(row.id),
    phone: row.phone,
    user_id: row.user_id,
    is_group: row.is_group,
    username: row.username,
    name: contactName(row),
  }
}

/** The name given by us, else the profile's, else the user name, else the phone. */
export function contactName(row: ContactSummaryRow): string {
  return (
    row.name ||
    row.profile_name ||
    (row.is_group && 'Group') ||
    row.username ||
    (row.phone && `+${row.phone}`) ||
    row.user_id ||
    row.id
  )
}
