import { sql } from 'kysely'
import type { ListMatch, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'

export async function updateProgress(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, progress }: { listId: string; progress: number },
): Promise<void> {
  await sql`
    update lists set import_progress = ${progress}
    where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
}

/** The rows stand for this match now; a list that was only waiting for that becomes ready. */
export async function updateChecked(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, checked, refused }: { listId: string; checked: ListMatch; refused: number },
): Promise<void> {
  await sql`
    update lists
    set checked_match = ${JSON.stringify(checked)}::jsonb, rows_refused = ${refused}, import_progress = 1,
        state = case when state = 'importing' then 'ready' else state end
    where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
}
