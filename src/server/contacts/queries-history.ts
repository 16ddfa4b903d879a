import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { IdentityRow } from './contact.ts'

export interface NewConsent {
  contact_id: string
  scope: 'all' | 'marketing'
  opted_out: boolean
  source: string
  number_id: string | null
  evidence: Record<string, unknown>
  mark: string
  at: Date
}

/** False when it was told before. */
export async function insertConsent(db: Db, workspaceId: WorkspaceId, change: NewConsent): Promise<boolean> {
  const { rows } = await sql`
    insert into consent_changes (workspace_id, id, contact_id, scope, opted_out, source, number_id, evidence, mark, at)
    values (${workspaceId}, parley_id('cns'), ${change.contact_id}, ${change.scope}, ${change.opted_out},
      ${change.source}, ${change.number_id}, ${JSON.stringify(change.evidence)}::jsonb, ${change.mark}, ${change.at})
    on conflict do nothing
    returning id`.execute(db)
  return rows.length > 0
}

export interface ConsentState {
  opted_out_all_at: Date | null
  opted_out_marketing_at: Date | null
}

/** How it stands from all that was said, before and after. The caller holds the contact's row. */
export async function settleConsent(
  db: Db,
  workspaceId: WorkspaceId,
  contactId: string,
): Promise<{ before: ConsentState; after: ConsentState }> {
  const read = async (): Promise<ConsentState> => {
    const { rows } = await sql<ConsentState>`
      select opted_out_all_at, opted_out_marketing_at from contacts
      where workspace_id = ${workspaceId} and id = ${contactId}`.execute(db)
    return rows[0] ?? { opted_out_all_at: null, opted_out_marketing_at: null }
  }
  const before = await read()
  await sql`select settle_consent(${workspaceId}, ${contactId})`.execute(db)
  return { before, after: await read() }
}

export async function selectNumberName(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select coalesce(nullif(verified_name, ''), display_phone_number) as name from numbers
    where workspace_id = ${workspaceId} and id = ${numberId}`.execute(db)
  return rows[0]?.name ?? null
}

/** Locked in the order of their ids, as everywhere where several are. */
export async function lockContacts(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<Pick<IdentityRow, 'id' | 'phone' | 'user_id'>[]> {
  const { rows } = await sql<Pick<IdentityRow, 'id' | 'phone' | 'user_id'>>`
    select id, phone, user_id from contacts
    where workspace_id = ${workspaceId} and id = any (${[...ids]}::text[])
    order by id
    for no key update`.execute(db)
  return rows
}

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
  number_id: string | null
  at: Date
}

export async function selectConsent(
  db: Db,
  workspaceId: WorkspaceId,
  contactId: string,
): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRow>`
    select id, scope, opted_out, source, number_id, at from consent_changes
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
