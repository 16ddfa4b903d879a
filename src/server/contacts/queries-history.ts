import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { IdentityRow } from './contact.ts'

/** Everybody who carries one of these phones or user ids, locked in the order of their ids. */
export async function lockContactsByAny(
  db: Db,
  workspaceId: WorkspaceId,
  { phones, userIds }: { phones: readonly string[]; userIds: readonly string[] },
): Promise<IdentityRow[]> {
  const { rows } = await sql<IdentityRow>`
    select id, phone, user_id, is_group, username, name, profile_name, told from contacts
    where workspace_id = ${workspaceId}
      and (phone = any (${[...phones]}::text[]) or user_id = any (${[...userIds]}::text[]))
    order by id
    for no key update`.execute(db)
  return rows
}

/** Who gave up this phone or user id later on: the same person, of whom the newer news came first. */
export async function selectLaterSelf(
  db: Db,
  workspaceId: WorkspaceId,
  { phone, user_id, at }: { phone: string | null; user_id: string | null; at: Date },
): Promise<IdentityRow | null> {
  const { rows } = await sql<IdentityRow>`
    select c.id, c.phone, c.user_id, c.is_group, c.username, c.name, c.profile_name, c.told
    from contact_changes h
    join contacts c on c.workspace_id = h.workspace_id and c.id = h.contact_id
    where h.workspace_id = ${workspaceId} and h.at >= ${at}
      and ((h.kind = 'phone' and h.previous = ${phone}) or (h.kind = 'user_id' and h.previous = ${user_id}))
    order by h.at
    limit 1
    for no key update of c`.execute(db)
  return rows[0] ?? null
}

export interface NewContactChange {
  contact_id: string
  kind: 'phone' | 'user_id'
  previous: string | null
  value: string
  at: Date
  inbound_log_id: string | null
  mark: string
}

export async function hasContactChange(db: Db, workspaceId: WorkspaceId, mark: string): Promise<boolean> {
  const { rows } = await sql`
    select from contact_changes where workspace_id = ${workspaceId} and mark = ${mark} limit 1`.execute(db)
  return rows.length > 0
}

export async function insertContactChange(
  db: Db,
  workspaceId: WorkspaceId,
  change: NewContactChange,
): Promise<void> {
  await sql`
    insert into contact_changes (workspace_id, id, contact_id, kind, previous, value, at, inbound_log_id, mark)
    values (${workspaceId}, parley_id('cch'), ${change.contact_id}, ${change.kind}, ${change.previous},
      ${change.value}, ${change.at}, ${change.inbound_log_id}, ${change.mark})
    on conflict do nothing`.execute(db)
}

const shownMax = 100

export interface ConsentRow {
  id: string
  scope: string
  opted_out: boolean
  source: string
  reason: string | null
  by: string | null
  number_id: string | null
  at: Date
}

export async function selectConsent(
  db: Db,
  workspaceId: WorkspaceId,
  contactId: string,
): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRow>`
    select id, scope, opted_out, source, coalesce(evidence ->> 'reason', evidence ->> 'file_name') as reason,
      evidence ->> 'by' as by, number_id, at
    from consent_changes
    where workspace_id = ${workspaceId} and contact_id = ${contactId}
    order by at desc, id desc limit ${shownMax}`.execute(db)
  return rows
}

export type ContactChangeRow = Pick<NewContactChange, 'kind' | 'previous' | 'value' | 'at'> & { id: string }

export async function selectContactChanges(
  db: Db,
  workspaceId: WorkspaceId,
  contactId: string,
): Promise<ContactChangeRow[]> {
  const { rows } = await sql<ContactChangeRow>`
    select id, kind, previous, value, at from contact_changes
    where workspace_id = ${workspaceId} and contact_id = ${contactId}
    order by at desc, id desc limit ${shownMax}`.execute(db)
  return rows
}
