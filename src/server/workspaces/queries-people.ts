import { sql } from 'kysely'
import type { Role } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

// People, sessions and sign-in failures belong to no workspace: everything here runs in the worker role.

/** Held until the end of the transaction: two starts, or two clicks, must not both make the first owner. */
export async function lockSetup(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('parley.setup'))`.execute(db)
}

export async function hasPeople(db: Db): Promise<boolean> {
  const { rows } = await sql<{ has_people: boolean }>`
    select exists (select from people) as has_people`.execute(db)
  return rows[0]?.has_people ?? false
}

const setupTokenKey = 'setup_token'

export async function upsertSetupToken(db: Db, tokenHash: Buffer): Promise<void> {
  await sql`
    insert into installation (key, value) values (${setupTokenKey}, ${JSON.stringify({ hash: tokenHash.toString('hex') })})
    on conflict (key) do update set value = excluded.value`.execute(db)
}

export async function selectSetupTokenHash(db: Db): Promise<Buffer | null> {
  const { rows } = await sql<{ hash: string }>`
    select value ->> 'hash' as hash from installation where key = ${setupTokenKey}`.execute(db)
  return rows[0] ? Buffer.from(rows[0].hash, 'hex') : null
}

export async function deleteSetupToken(db: Db): Promise<void> {
  await sql`delete from installation where key = ${setupTokenKey}`.execute(db)
}

export interface PersonRow {
  id: string
  email: string
  name: string
  password_hash: string
  disabled_at: Date | null
}

export async function insertPerson(
  db: Db,
  person: { id: string; email: string; name: string; password_hash: string },
): Promise<void> {
  await sql`
    insert into people (id, email, name, password_hash)
    values (${person.id}, ${person.email}, ${person.name}, ${person.password_hash})`.execute(db)
}

export async function selectPersonByEmail(db: Db, email: string): Promise<PersonRow | null> {
  const { rows } = await sql<PersonRow>`
    select id, email, name, password_hash, disabled_at
    from people where lower(email) = lower(${email})`.execute(db)
  return rows[0] ?? null
}

export interface MembershipRow {
  workspace_id: string
  slug: string
  name: string
  role: Role
}

/** In the order in which the person joined. */
export async function selectMemberships(db: Db, personId: string): Promise<MembershipRow[]> {
  const { rows } = await sql<MembershipRow>`
    select m.workspace_id, w.slug, w.name, m.role
    from members m join workspaces w on w.id = m.workspace_id
    where m.person_id = ${personId}
    order by m.created_at, m.workspace_id`.execute(db)
  return rows
}

/**
 * Counts an attempt before the password is looked at, so that attempts sent at once can't all pass.
 * Returns false while the key is locked. Beyond `freeAttempts` each attempt locks twice as long, at most 15 minutes;
 * an hour without attempts forgets them.
 */
export async function countSignInAttempt(db: Db, key: string, freeAttempts: number): Promise<boolean> {
  const failures = sql`case when f.updated_at < now() - interval '1 hour' then 1 else f.failures + 1 end`
  const excess = sql`(${failures}) - ${freeAttempts}::int`
  const { rows } = await sql`
    insert into sign_in_failures as f (key, failures) values (${key}, 1)
    on conflict (key) do update set
      failures = ${failures},
      locked_until = case when ${excess} > 0
        then now() + least(900, power(2, least(10, ${excess} - 1))) * interval '1 second' end,
      updated_at = now()
    where f.locked_until is null or f.locked_until <= now()
    returning f.key`.execute(db)
  return rows.length === 1
}

export async function selectLockSeconds(db: Db, key: string): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select ceil(extract(epoch from locked_until - now()))::int as seconds
    from sign_in_failures where key = ${key} and locked_until > now()`.execute(db)
  return rows[0]?.seconds ?? 1
}

/** The account's failures are forgotten; the address, which may guess at other accounts, gets one attempt back. */
export async function forgiveSignIn(
  db: Db,
  { accountKey, addressKey }: { accountKey: string; addressKey: string },
): Promise<void> {
  await sql`delete from sign_in_failures where key = ${accountKey}`.execute(db)
  await sql`
    update sign_in_failures set failures = greatest(0, failures - 1), locked_until = null
    where key = ${addressKey}`.execute(db)
}

export async function selectPerson(
  db: Db,
  personId: string,
): Promise<{ id: string; email: string; name: string } | null> {
  const { rows } = await sql<{ id: string; email: string; name: string }>`
    select id, email, name from people where id = ${personId}`.execute(db)
  return rows[0] ?? null
}
