import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

/** How long the same key gets the same answer. */
const keptFor = sql`interval '48 hours'`

export interface KeptAnswer {
  body_hash: Buffer
  response: unknown
}

/**
 * True: the key is ours until the transaction ends. Whoever comes with the same key meanwhile waits here, on the unique
 * key, for at most five seconds; then PostgreSQL gives up with 55P03.
 */
export async function insertKey(
  db: Db,
  workspaceId: WorkspaceId,
  entry: { caller_id: string; key: string; body_hash: Buffer },
): Promise<boolean> {
  await sql`
    delete from idempotency_keys
    where workspace_id = ${workspaceId} and caller_id = ${entry.caller_id} and key = ${entry.key}
      and created_at < now() - ${keptFor}`.execute(db)
  await sql`set local lock_timeout = '5s'`.execute(db)
  const { rows } = await sql`
    insert into idempotency_keys (workspace_id, caller_id, key, body_hash)
    values (${workspaceId}, ${entry.caller_id}, ${entry.key}, ${entry.body_hash})
    on conflict do nothing
    returning 1`.execute(db)
  await sql`set local lock_timeout = 0`.execute(db)
  return rows.length > 0
}

export async function selectKey(
  db: Db,
  workspaceId: WorkspaceId,
  entry: { caller_id: string; key: string },
): Promise<KeptAnswer | null> {
  const { rows } = await sql<KeptAnswer>`
    select body_hash, response from idempotency_keys
    where workspace_id = ${workspaceId} and caller_id = ${entry.caller_id} and key = ${entry.key}`.execute(db)
  return rows[0] ?? null
}

export async function updateKey(
  db: Db,
  workspaceId: WorkspaceId,
  entry: { caller_id: string; key: string },
  response: unknown,
): Promise<void> {
  await sql`
    update idempotency_keys set response = ${JSON.stringify(response)}::jsonb
    where workspace_id = ${workspaceId} and caller_id = ${entry.caller_id} and key = ${entry.key}`.execute(db)
}

export async function deleteOldKeys(db: Db): Promise<void> {
  await sql`delete from idempotency_keys where created_at < now() - ${keptFor}`.execute(db)
}
