import { sql } from 'kysely'
import type { ListMatch, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'

export async function updateColumns(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, columns, suggested }: { listId: string; columns: readonly string[]; suggested: ListMatch | null },
): Promise<void> {
  const match = suggested === null ? null : JSON.stringify(suggested)
  await sql`
    update lists
    set columns = ${JSON.stringify(columns)}::jsonb, suggested_match = ${match}::jsonb, checked_match = ${match}::jsonb
    where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
}

export async function updateRowsRead(
  db: Db,
  workspaceId: WorkspaceId,
  read: { listId: string; rowsRead: number; refused: number; progress: number },
): Promise<void> {
  await sql`
    update lists
    set rows_read = ${read.rowsRead}, rows_refused = rows_refused + ${read.refused}, import_progress = ${read.progress}
    where workspace_id = ${workspaceId} and id = ${read.listId}`.execute(db)
}

/** From importing to draft; `error` says why the rest of the file could not be read. */
export async function updateImported(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, error }: { listId: string; error: string | null },
): Promise<void> {
  await sql`
    update lists set state = 'draft', file_key = null, import_progress = 1, import_error = ${error}
    where workspace_id = ${workspaceId} and id = ${listId} and state = 'importing'`.execute(db)
}

export interface UnfinishedImport {
  workspace_id: WorkspaceId
  id: string
  /** False: the file was read, and the rows are being judged for a new match. */
  reads_file: boolean
}

/** Lists whose job may have been lost between the commit and the queue. */
export async function selectUnfinishedImports(db: Db): Promise<UnfinishedImport[]> {
  const { rows } = await sql<UnfinishedImport>`
    select workspace_id, id, file_key is not null as reads_file from lists
    where state = 'importing' and created_at < now() - interval '1 minute'
    limit 100`.execute(db)
  return rows
}
