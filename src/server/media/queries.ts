import { sql } from 'kysely'
import type { MediaId, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface MediaRow {
  id: MediaId
  number_id: NumberId | null
  message_id: MessageId | null
  external_id: string | null
  mime_type: string | null
  file_name: string | null
  sha256: string | null
  size_bytes: number | null
  direction: 'in' | 'out'
  state: 'pending' | 'stored' | 'failed' | 'erased'
  error: string | null
}

const columns = sql`id, direction, number_id, message_id, external_id, mime_type, file_name, sha256, size_bytes, state, error`

/** Null when the provider's id is known already. */
export async function insertExpected(
  db: Db,
  workspaceId: WorkspaceId,
  file: Pick<MediaRow, 'number_id' | 'message_id' | 'external_id' | 'mime_type' | 'file_name' | 'sha256'>,
): Promise<MediaId | null> {
  const { rows } = await sql<{ id: MediaId }>`
    insert into media (workspace_id, id, direction, number_id, message_id, external_id, mime_type, file_name, sha256)
    values (${workspaceId}, parley_id('med'), 'in', ${file.number_id}, ${file.message_id}, ${file.external_id},
      ${file.mime_type}, ${file.file_name}, ${file.sha256})
    on conflict do nothing
    returning id`.execute(db)
  return rows[0]?.id ?? null
}

export async function selectMedia(
  db: Db,
  workspaceId: WorkspaceId,
  id: MediaId,
): Promise<MediaRow | undefined> {
  const { rows } = await sql<MediaRow>`
    select ${columns} from media where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
  return rows[0]
}

/** False when its message was erased in the meantime. */
export async function markStored(
  db: Db,
  workspaceId: WorkspaceId,
  id: MediaId,
  file: { size_bytes: number; sha256: string; mime_type: string | null },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update media set state = 'stored', error = null, size_bytes = ${file.size_bytes}, sha256 = ${file.sha256},
      mime_type = coalesce(mime_type, ${file.mime_type})
    where workspace_id = ${workspaceId} and id = ${id} and state <> 'erased'`.execute(db)
  return numAffectedRows === 1n
}

/** `isFinal`: the file will not come any more. */
export async function markFailed(
  db: Db,
  workspaceId: WorkspaceId,
  id: MediaId,
  { error, isFinal }: { error: string; isFinal: boolean },
): Promise<void> {
  await sql`
    update media set error = ${error}, state = ${isFinal ? 'failed' : 'pending'}
    where workspace_id = ${workspaceId} and id = ${id} and state = 'pending'`.execute(db)
}

/** Files whose fetching nobody was told of, or has given up for now. The provider keeps them for seven days. */
export async function selectForgotten(
  db: Db,
  limit: number,
): Promise<{ workspace_id: WorkspaceId; id: MediaId }[]> {
  const { rows } = await sql<{ workspace_id: WorkspaceId; id: MediaId }>`
    select workspace_id, id from media
    where state = 'pending' and created_at between now() - interval '7 days' and now() - interval '2 minutes'
    order by created_at
    limit ${limit}`.execute(db)
  return rows
}

/** Files that did not come while the provider kept them. */
export async function giveUpLate(
  db: Db,
  limit: number,
): Promise<{ workspace_id: WorkspaceId; message_id: MessageId }[]> {
  const { rows } = await sql<{ workspace_id: WorkspaceId; message_id: MessageId }>`
    update media set state = 'failed', error = coalesce(error, 'It did not come in seven days.')
    where (workspace_id, id) in (
      select workspace_id, id from media
      where state = 'pending' and direction = 'in' and message_id is not null and created_at < now() - interval '7 days'
      limit ${limit})
    returning workspace_id, message_id`.execute(db)
  return rows
}

/** Files of messages that are gone. */
export async function selectErased(
  db: Db,
  limit: number,
): Promise<{ workspace_id: WorkspaceId; id: MediaId }[]> {
  const { rows } = await sql<{ workspace_id: WorkspaceId; id: MediaId }>`
    select workspace_id, id from media where state = 'erased' order by id limit ${limit}`.execute(db)
  return rows
}

export async function deleteErased(db: Db, ids: readonly MediaId[]): Promise<void> {
  await sql`delete from media where state = 'erased' and id = any (${[...ids]}::text[])`.execute(db)
}
