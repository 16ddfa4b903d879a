import { sql } from 'kysely'
import type { Role, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface WorkspaceRow {
  id: string
  slug: string
  name: string
}

/** False when another workspace has the slug. */
export async function insertWorkspace(db: Db, { id, slug, name }: WorkspaceRow): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into workspaces (id, slug, name) values (${id}, ${slug}, ${name})
    on conflict (slug) do nothing`.execute(db)
  return numAffectedRows === 1n
}

export async function selectWorkspace(db: Db, workspaceId: WorkspaceId): Promise<WorkspaceRow> {
  const { rows } = await sql<WorkspaceRow>`
    select id, slug, name from workspaces where id = ${workspaceId}`.execute(db)
  if (!rows[0]) throw new Error(`Workspace ${workspaceId} is gone.`)
  return rows[0]
}

/** The workspace with the slug; without one, the only workspace there is. Null when neither leads to one. */
export async function findWorkspace(db: Db, slug: string | null): Promise<WorkspaceRow | null> {
  const { rows } = await sql<WorkspaceRow>`
    select id, slug, name from workspaces
    where ${slug}::text is null or slug = ${slug}
    limit 2`.execute(db)
  return rows.length === 1 ? (rows[0] ?? null) : null
}

/** Returns the name before. */
export async function updateWorkspaceName(db: Db, workspaceId: WorkspaceId, name: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    update workspaces w set name = ${name}
    from (select id, name from workspaces where id = ${workspaceId} for update) as old
    where w.id = old.id
    returning old.name`.execute(db)
  return rows[0]?.name ?? ''
}

export interface MemberRow {
  person_id: string
  email: string
  name: string
  role: Role
  created_at: Date
}

export async function selectMembers(db: Db, workspaceId: WorkspaceId): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select person_id, email, name, role, created_at
    from member_people
    where workspace_id = ${workspaceId} and disabled_at is null
    order by created_at, person_id`.execute(db)
  return rows
}

export async function selectMember(
  db: Db,
  workspaceId: WorkspaceId,
  personId: string,
): Promise<MemberRow | null> {
  const { rows } = await sql<MemberRow>`
    select person_id, email, name, role, created_at
    from member_people
    where workspace_id = ${workspaceId} and person_id = ${personId}`.execute(db)
  return rows[0] ?? null
}

/** Locks the owners, in one order for all, so that two of them can't leave at the same moment. */
export async function lockOwners(db: Db, workspaceId: WorkspaceId): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from members
    where workspace_id = ${workspaceId} and role = 'owner'
    order by person_id
    for update`.execute(db)
  return rows.map((row) => row.person_id)
}

/** False when the person was a member already; the role then stays as it is. */
export async function insertMember(
  db: Db,
  workspaceId: WorkspaceId,
  { person_id, role }: { person_id: string; role: Role },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into members (workspace_id, person_id, role) values (${workspaceId}, ${person_id}, ${role})
    on conflict do nothing`.execute(db)
  return numAffectedRows === 1n
}

export async function updateMemberRole(
  db: Db,
  workspaceId: WorkspaceId,
  { person_id, role }: { person_id: string; role: Role },
): Promise<void> {
  await sql`
    update members set role = ${role}
    where workspace_id = ${workspaceId} and person_id = ${person_id}`.execute(db)
}

export async function deleteMember(db: Db, workspaceId: WorkspaceId, personId: string): Promise<void> {
  await sql`
    delete from members where workspace_id = ${workspaceId} and person_id = ${personId}`.execute(db)
}

export interface InvitationRow {
  id: string
  email: string
  role: Role
  created_at: Date
  link_expires_at: Date
  expires_at: Date
}

const invitationColumns = sql`id, email, role, created_at, link_expires_at, expires_at`

export async function insertInvitation(
  db: Db,
  workspaceId: WorkspaceId,
  entry: {
    id: string
    email: string
    role: Role
    token_hash: Buffer
    invited_by: string | null
    daysValid: number
    linkMinutesValid: number
  },
): Promise<InvitationRow> {
  const { rows } = await sql<InvitationRow>`
    insert into invitations (workspace_id, id, email, role, token_hash, invited_by, expires_at, link_expires_at)
    values (${workspaceId}, ${entry.id}, ${entry.email}, ${entry.role}, ${entry.token_hash}, ${entry.invited_by},
      now() + make_interval(days => ${entry.daysValid}), now() + make_interval(mins => ${entry.linkMinutesValid}))
    returning ${invitationColumns}`.execute(db)
  const row = rows[0]
  if (!row) throw new Error('The invitation was not written.')
  return row
}

export async function selectOpenInvitations(db: Db, workspaceId: WorkspaceId): Promise<InvitationRow[]> {
  const { rows } = await sql<InvitationRow>`
    select ${invitationColumns}
    from invitations
    where workspace_id = ${workspaceId} and accepted_at is null and expires_at > now()
    order by id desc`.execute(db)
  return rows
}

export async function deleteInvitation(
  db: Db,
  workspaceId: WorkspaceId,
  invitationId: string,
): Promise<InvitationRow | null> {
  const { rows } = await sql<InvitationRow>`
    delete from invitations
    where workspace_id = ${workspaceId} and id = ${invitationId} and accepted_at is null
    returning ${invitationColumns}`.execute(db)
  return rows[0] ?? null
}

/** The link of before stops working. Null when the invitation was taken, taken back, or is too old. */
export async function renewInvitation(
  db: Db,
  workspaceId: WorkspaceId,
  { id, token_hash, linkMinutesValid }: { id: string; token_hash: Buffer; linkMinutesValid: number },
): Promise<InvitationRow | null> {
  const { rows } = await sql<InvitationRow>`
    update invitations
    set token_hash = ${token_hash},
        link_expires_at = least(expires_at, now() + make_interval(mins => ${linkMinutesValid}))
    where workspace_id = ${workspaceId} and id = ${id} and accepted_at is null and expires_at > now()
    returning ${invitationColumns}`.execute(db)
  return rows[0] ?? null
}

/** Worker role: who holds the link is not signed in yet. */
export async function selectOpenInvitation(db: Db, tokenHash: Buffer): Promise<{ email: string } | null> {
  const { rows } = await sql<{ email: string }>`
    select email from invitations
    where token_hash = ${tokenHash} and accepted_at is null and link_expires_at > now()`.execute(db)
  return rows[0] ?? null
}

/** Takes the invitation, so that its link works once; null when it is unknown, used or too old. Worker role. */
export async function takeInvitation(
  db: Db,
  tokenHash: Buffer,
): Promise<(InvitationRow & { workspace_id: string }) | null> {
  const { rows } = await sql<InvitationRow & { workspace_id: string }>`
    update invitations set accepted_at = now()
    where token_hash = ${tokenHash} and accepted_at is null and link_expires_at > now()
    returning workspace_id, ${invitationColumns}`.execute(db)
  return rows[0] ?? null
}
