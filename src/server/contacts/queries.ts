import { sql } from 'kysely'
import type { ContactConsent, UpdateContact, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { ContactRow, IdentityRow, Told } from './contact.ts'
import type { FoundIdentity, Identity, IdentityChanges } from './identity.ts'

const identityColumns = sql`id, phone, user_id, is_group, username, name, profile_name, told`
const contactColumns = sql`${identityColumns}, attributes, opted_out_all_at, opted_out_marketing_at, source, created_at, updated_at`

/** Locked in the order of their ids, so that two webhooks about the same people wait instead of dying. */
export async function lockContactsByIdentity(
  db: Db,
  workspaceId: WorkspaceId,
  phones: readonly string[],
  userId: string | null,
): Promise<IdentityRow[]> {
  const { rows } = await sql<IdentityRow>`
    select ${identityColumns} from contacts
    where workspace_id = ${workspaceId} and (phone = any (${phones}) or user_id = ${userId})
    order by id
    for no key update`.execute(db)
  return rows
}

/**
 * Who carries the phone or the user id, or did so at the time of the news: of several who gave up the phone since, the
 * first. Locked in the order of their ids.
 */
export async function findContactsByIdentity(
  db: Db,
  workspaceId: WorkspaceId,
  { variants, user_id, at }: Pick<Identity, 'user_id' | 'at'> & { variants: readonly string[] },
): Promise<FoundIdentity[]> {
  const { rows } = await sql<FoundIdentity>`
    with former as materialized (
      select distinct on (kind) kind, contact_id from contact_changes
      where workspace_id = ${workspaceId} and ((kind = 'user_id' and previous = ${user_id})
        or (kind = 'phone' and previous = any (${variants}) and at >= ${at ?? null}::timestamptz))
      order by kind, at
    ),
    wanted as materialized (
      select id from contacts where workspace_id = ${workspaceId} and phone = any (${variants})
      union select id from contacts where workspace_id = ${workspaceId} and user_id = ${user_id}
      union select contact_id from former
    )
    select ${identityColumns},
      exists (select from former f where f.contact_id = c.id and f.kind = 'user_id') as was_user,
      exists (select from former f where f.contact_id = c.id and f.kind = 'phone') as was_phone
    from contacts c
    where workspace_id = ${workspaceId} and id in (select id from wanted)
    order by id
    for no key update of c`.execute(db)
  return rows
}

/** Null when somebody else made a contact with this phone or user id in the meantime. */
export async function insertContactIfNew(
  db: Db,
  workspaceId: WorkspaceId,
  identity: Identity,
  attributes: Record<string, string> = {},
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into contacts (workspace_id, id, phone, user_id, username, name, profile_name, attributes, source, told)
    values (${workspaceId}, parley_id('ctc'), ${identity.phone}, ${identity.user_id}, ${identity.username ?? null},
      ${identity.name ?? null}, ${identity.profile_name ?? null}, ${JSON.stringify(attributes)}::jsonb, ${identity.source},
      ${JSON.stringify(toldIn(identity))}::jsonb)
    on conflict do nothing
    returning id`.execute(db)
  return rows[0]?.id ?? null
}

function toldIn({ at, ...identity }: Identity): Told {
  if (!at) return {}
  const fields = ['phone', 'user_id', 'username', 'name', 'profile_name'] as const
  return Object.fromEntries(fields.flatMap((field) => (identity[field] ? [[field, at.toISOString()]] : [])))
}

export async function insertGroupIfNew(db: Db, workspaceId: WorkspaceId, groupId: string): Promise<void> {
  await sql`
    insert into contacts (workspace_id, id, user_id, is_group, source)
    values (${workspaceId}, parley_id('ctc'), ${groupId}, true, 'inbound')
    on conflict do nothing`.execute(db)
}

export async function nameGroupSince(
  db: Db,
  workspaceId: WorkspaceId,
  { id, subject, at }: { id: string; subject: string; at: string },
): Promise<void> {
  await sql`
    update contacts
    set profile_name = ${subject}, told = told || jsonb_build_object('profile_name', ${at}::text), updated_at = now()
    where workspace_id = ${workspaceId} and id = ${id} and coalesce(told ->> 'profile_name', '') <= ${at}`.execute(
    db,
  )
}

export async function updateIdentity(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  { values, told }: IdentityChanges,
): Promise<void> {
  const isNews = Object.keys(values).length > 0
  if (!isNews && Object.keys(told).length === 0) return
  await sql`
    update contacts set
      phone = coalesce(${values.phone ?? null}, phone),
      user_id = coalesce(${values.user_id ?? null}, user_id),
      username = coalesce(${values.username ?? null}, username),
      name = coalesce(${values.name ?? null}, name),
      profile_name = coalesce(${values.profile_name ?? null}, profile_name),
      told = told || ${JSON.stringify(told)}::jsonb,
      updated_at = case when ${isNews} then now() else updated_at end
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

export async function releasePhone(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`
    update contacts set phone = null, updated_at = now()
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

/** The function in the migrations names every table that points at contacts. */
export async function mergeContacts(
  db: Db,
  workspaceId: WorkspaceId,
  survivorId: string,
  mergedId: string,
): Promise<IdentityRow | undefined> {
  await sql`select merge_contacts(${workspaceId}, ${survivorId}, ${mergedId})`.execute(db)
  const { rows } = await sql<IdentityRow>`
    select ${identityColumns} from contacts
    where workspace_id = ${workspaceId} and id = ${survivorId}`.execute(db)
  return rows[0]
}

export async function selectContactsByPhone(
  db: Db,
  workspaceId: WorkspaceId,
  phones: readonly string[],
): Promise<{ id: string; phone: string }[]> {
  const { rows } = await sql<{ id: string; phone: string }>`
    select id, phone from contacts
    where workspace_id = ${workspaceId} and phone = any (${phones})`.execute(db)
  return rows
}

export async function selectContactsByUser(
  db: Db,
  workspaceId: WorkspaceId,
  userIds: readonly string[],
): Promise<{ id: string; phone: string | null; user_id: string }[]> {
  if (userIds.length === 0) return []
  const { rows } = await sql<{ id: string; phone: string | null; user_id: string }>`
    select id, phone, user_id from contacts
    where workspace_id = ${workspaceId} and user_id = any (${[...userIds]}::text[])`.execute(db)
  return rows
}

export async function insertContactsByPhone(
  db: Db,
  workspaceId: WorkspaceId,
  phones: readonly string[],
  source: string,
): Promise<{ id: string; phone: string }[]> {
  const { rows } = await sql<{ id: string; phone: string }>`
    insert into contacts (workspace_id, id, phone, source)
    select ${workspaceId}, parley_id('ctc'), phone, ${source} from unnest(${phones}::text[]) as phone
    on conflict do nothing
    returning id, phone`.execute(db)
  return rows
}

export async function selectContact(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<ContactRow | undefined> {
  const { rows } = await sql<ContactRow>`
    select ${contactColumns} from contacts
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
  return rows[0]
}

export interface ContactSelection {
  search: string | null
  consent: ContactConsent | null
}

/** Newest first; `before` is the id of the last contact of the page before. */
export async function selectContacts(
  db: Db,
  workspaceId: WorkspaceId,
  options: ContactSelection & { before: string | null; limit: number },
): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    select ${contactColumns} from contacts
    where workspace_id = ${workspaceId}
      ${options.before === null ? sql`` : sql`and id < ${options.before}`}
      ${matches(options)}
    order by id desc
    limit ${options.limit}`.execute(db)
  return rows
}

/** Names of all attributes that the selected contacts have. */
export async function selectAttributesInUse(
  db: Db,
  workspaceId: WorkspaceId,
  selection: ContactSelection,
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct jsonb_object_keys(attributes) as name from contacts
    where workspace_id = ${workspaceId} and attributes <> '{}' ${matches(selection)}
    order by name`.execute(db)
  return rows.map(({ name }) => name)
}

function matches({ search, consent }: ContactSelection) {
  return sql`${search === null ? sql`` : matchesSearch(search)} ${consent === null ? sql`` : matchesConsent(consent)}`
}

function matchesConsent(consent: ContactConsent) {
  switch (consent) {
    case 'opted_out':
      return sql`and opted_out_all_at is not null`
    case 'no_marketing':
      return sql`and (opted_out_all_at is not null or opted_out_marketing_at is not null)`
    case 'in':
      return sql`and opted_out_all_at is null and opted_out_marketing_at is null`
    default:
      return consent satisfies never
  }
}

export function matchesSearch(search: string) {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const digits = search.replace(/[^0-9]/g, '')
  const inPhone = digits === '' ? sql`` : sql`or phone like ${`%${digits}%`}`
  return sql`and (name ilike ${pattern} or profile_name ilike ${pattern} or username ilike ${pattern}
    or user_id = ${search} ${inPhone})`
}

/** `attributes`, when given, replace those there were. */
export async function updateContactRow(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  changes: UpdateContact,
): Promise<ContactRow | undefined> {
  const { rows } = await sql<ContactRow>`
    update contacts set
      name = ${changes.name === undefined ? sql`name` : changes.name},
      told = ${changes.name === undefined ? sql`told` : sql`told - 'name'`},
      attributes = ${changes.attributes === undefined ? sql`attributes` : sql`${JSON.stringify(changes.attributes)}::jsonb`},
      updated_at = now()
    where workspace_id = ${workspaceId} and id = ${id}
    returning ${contactColumns}`.execute(db)
  return rows[0]
}

/** Messages, conversations and consent go with the contact. */
export async function deleteContactRow(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<ContactRow | undefined> {
  const { rows } = await sql<ContactRow>`
    delete from contacts
    where workspace_id = ${workspaceId} and id = ${id}
    returning ${contactColumns}`.execute(db)
  return rows[0]
}
