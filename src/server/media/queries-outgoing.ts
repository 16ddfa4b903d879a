import { sql } from 'kysely'
import type { MediaId, MessageId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { MediaRow } from './queries.ts'

export async function insertTaken(
  db: Db,
  workspaceId: WorkspaceId,
  file: Pick<MediaRow, 'id' | 'number_id' | 'mime_type' | 'file_name' | 'sha256' | 'size_bytes'>,
): Promise<void> {
  await sql`
    insert into media (workspace_id, id, direction, number_id, mime_type, file_name, sha256, size_bytes, state)
    values (${workspaceId}, ${file.id}, 'out', ${file.number_id}, ${file.mime_type}, ${file.file_name}, ${file.sha256},
      ${file.size_bytes}, 'stored')`.execute(db)
}

/** The provider's id of the file. */
export async function setExternalId(
  db: Db,
  workspaceId: WorkspaceId,
  id: MediaId,
  externalId: string,
): Promise<void> {
  await sql`
    update media set external_id = ${externalId} where workspace_id = ${workspaceId} and id = ${id}`.execute(
    db,
  )
}

/** A file of ours, which goes with a message from now on. */
export async function bindToMessage(
  db: Db,
  workspaceId: WorkspaceId,
  id: MediaId,
  messageId: MessageId,
): Promise<void> {
  await sql`
    update media set message_id = coalesce(message_id, ${messageId})
    where workspace_id = ${workspaceId} and id = ${id} and direction = 'out'`.execute(db)
}

export async function deleteMedia(db: Db, workspaceId: WorkspaceId, id: MediaId): Promise<void> {
  await sql`delete from media where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

/** Brought for a reply that was never sent. */
export async function selectUnsent(
  db: Db,
  limit: number,
): Promise<{ workspace_id: WorkspaceId; id: MediaId }[]> {
  const { rows } = await sql<{ workspace_id: WorkspaceId; id: MediaId }>`
    select workspace_id, id from media
    where direction = 'out' and message_id is null and created_at < now() - interval '1 day'
    limit ${limit}`.execute(db)
  return rows
}
