import { sql } from 'kysely'
import type { Db } from '../platform/index.ts'
import type { MembershipRow } from './queries-people.ts'

// Sessions belong to people, not to a workspace: everything here runs in the worker role.

const isAlive = sql`s.expires_at > now() and s.last_seen_at > now() - interval '12 hours'`

export async function insertSession(
  db: Db,
  session: {
    id: string
    token_hash: Buffer
    person_id: string
    user_agent: string | null
    ip: string | null
    daysMax: number
  },
): Promise<void> {
  await sql`
    insert into sessions (id, token_hash, person_id, user_agent, ip, expires_at)
    values (${session.id}, ${session.token_hash}, ${session.person_id}, ${session.user_agent}, ${session.ip},
      now() + make_interval(days => ${session.daysMax}))`.execute(db)
}

export interface SignedInRow {
  session_id: string
  session_workspace_id: string | null
  is_sight_stale: boolean
  person_id: string
  email: string
  person_name: string
  memberships: MembershipRow[]
}

/** The person behind a session with all memberships, in one statement because every request of the web asks it. */
export async function selectSignedIn(db: Db, tokenHash: Buffer): Promise<SignedInRow | null> {
  const { rows } = await sql<SignedInRow>`
    select s.id as session_id, s.workspace_id as session_workspace_id,
      s.last_seen_at < now() - interval '1 minute' as is_sight_stale,
      p.id as person_id, p.email, p.name as person_name,
      coalesce((
        select json_agg(json_build_object('workspace_id', w.id, 'slug', w.slug, 'name', w.name, 'role', m.role)
                        order by m.created_at, m.workspace_id)
        from members m join workspaces w on w.id = m.workspace_id
        where m.person_id = p.id), '[]') as memberships
    from sessions s join people p on p.id = s.person_id
    where s.token_hash = ${tokenHash} and ${isAlive} and p.disabled_at is null`.execute(db)
  return rows[0] ?? null
}

export async function touchSession(db: Db, tokenHash: Buffer): Promise<void> {
  await sql`update sessions set last_seen_at = now() where token_hash = ${tokenHash}`.execute(db)
}

export async function updateSessionWorkspace(db: Db, tokenHash: Buffer, workspaceId: string): Promise<void> {
  await sql`update sessions set workspace_id = ${workspaceId} where token_hash = ${tokenHash}`.execute(db)
}

export interface SessionRow {
  id: string
  is_current: boolean
  user_agent: string | null
  ip: string | null
  created_at: Date
  last_seen_at: Date
}

export async function selectSessions(
  db: Db,
  personId: string,
  currentTokenHash: Buffer,
): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    select s.id, s.token_hash = ${currentTokenHash} as is_current, s.user_agent, s.ip, s.created_at, s.last_seen_at
    from sessions s
    where s.person_id = ${personId} and ${isAlive}
    order by s.last_seen_at desc`.execute(db)
  return rows
}

export async function deleteSessionByToken(db: Db, tokenHash: Buffer): Promise<void> {
  await sql`delete from sessions where token_hash = ${tokenHash}`.execute(db)
}

/** False when the person has no such session. */
export async function deleteSession(db: Db, personId: string, sessionId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from sessions where person_id = ${personId} and id = ${sessionId}`.execute(db)
  return numAffectedRows === 1n
}

/** Sessions and sign-in failures that have run out. */
export async function deleteOutdated(db: Db): Promise<void> {
  await sql`delete from sessions s where not (${isAlive})`.execute(db)
  await sql`
    delete from sign_in_failures
    where updated_at < now() - interval '1 day' and (locked_until is null or locked_until < now())`.execute(
    db,
  )
}
