import { sql } from 'kysely'
import type { Scope, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface ApiKeyRow {
  id: string
  name: string
  hint: string
  scopes: Scope[]
  created_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
}

export async function insertApiKey(
  db: Db,
  workspaceId: WorkspaceId,
  entry: {
    id: string
    name: string
    hint: string
    secret_hash: Buffer
    scopes: readonly Scope[]
    created_by: string | null
  },
): Promise<ApiKeyRow> {
  const { rows } = await sql<ApiKeyRow>`
    insert into api_keys (workspace_id, id, name, hint, secret_hash, scopes, created_by)
    values (${workspaceId}, ${entry.id}, ${entry.name}, ${entry.hint}, ${entry.secret_hash}, ${[...entry.scopes]}::text[],
      ${entry.created_by})
    returning id, name, hint, scopes, created_at, last_used_at, revoked_at`.execute(db)
  const row = rows[0]
  if (!row) throw new Error('The API key was not written.')
  return row
}

/** Newest first; `before` is the id of the last key of the page before. */
export async function selectApiKeys(
  db: Db,
  workspaceId: WorkspaceId,
  { before, limit }: { before: string | null; limit: number },
): Promise<ApiKeyRow[]> {
  const { rows } = await sql<ApiKeyRow>`
    select id, name, hint, scopes, created_at, last_used_at, revoked_at
    from api_keys
    where workspace_id = ${workspaceId}
      ${before === null ? sql`` : sql`and id < ${before}`}
    order by id desc
    limit ${limit}`.execute(db)
  return rows
}

/** Null when there is no such key; a second revocation keeps the time of the first. */
export async function revokeApiKeyRow(
  db: Db,
  workspaceId: WorkspaceId,
  apiKeyId: string,
): Promise<ApiKeyRow | null> {
  const { rows } = await sql<ApiKeyRow>`
    update api_keys set revoked_at = coalesce(revoked_at, now())
    where workspace_id = ${workspaceId} and id = ${apiKeyId}
    returning id, name, hint, scopes, created_at, last_used_at, revoked_at`.execute(db)
  return rows[0] ?? null
}

export interface UsableApiKey {
  workspace_id: string
  workspace_slug: string
  id: string
  name: string
  scopes: Scope[]
  /** Whether the last use shown is more than a minute old. */
  is_use_stale: boolean
}

/** Worker role: the workspace follows from the key. */
export async function selectApiKeyByHash(db: Db, secretHash: Buffer): Promise<UsableApiKey | null> {
  const { rows } = await sql<UsableApiKey>`
    select k.workspace_id, w.slug as workspace_slug, k.id, k.name, k.scopes,
      k.last_used_at is null or k.last_used_at < now() - interval '1 minute' as is_use_stale
    from api_keys k join workspaces w on w.id = k.workspace_id
    where k.secret_hash = ${secretHash} and k.revoked_at is null`.execute(db)
  return rows[0] ?? null
}

export async function touchApiKey(db: Db, workspaceId: WorkspaceId, apiKeyId: string): Promise<void> {
  await sql`
    update api_keys set last_used_at = now()
    where workspace_id = ${workspaceId} and id = ${apiKeyId}`.execute(db)
}
