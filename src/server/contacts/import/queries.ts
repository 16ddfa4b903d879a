import { sql } from 'kysely'
import type { ContactImportMatch, ContactImportState, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'
import type { ContactImportRow } from './contact-import.ts'
import type { RefusalRow } from './present-refusal.ts'

export async function insertImport(
  db: Db,
  workspaceId: WorkspaceId,
  row: Pick<ContactImportRow, 'id' | 'file_name' | 'file_key' | 'created_by'>,
): Promise<void> {
  await sql`
    insert into contact_imports (workspace_id, id, file_name, file_key, created_by)
    values (${workspaceId}, ${row.id}, ${row.file_name}, ${row.file_key}, ${row.created_by})`.execute(db)
}

export async function selectImport(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<ContactImportRow | undefined> {
  const { rows } = await sql<ContactImportRow>`
    select * from contact_imports where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
  return rows[0]
}

export async function lockImport(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<ContactImportRow | undefined> {
  const { rows } = await sql<ContactImportRow>`
    select * from contact_imports where workspace_id = ${workspaceId} and id = ${id} for update`.execute(db)
  return rows[0]
}

/** Newest first. */
export async function selectImports(
  db: Db,
  workspaceId: WorkspaceId,
  { before, limit }: { before: string | null; limit: number },
): Promise<ContactImportRow[]> {
  const { rows } = await sql<ContactImportRow>`
    select * from contact_imports
    where workspace_id = ${workspaceId} and (${before}::text is null or id < ${before})
    order by id desc limit ${limit + 1}`.execute(db)
  return rows
}

export async function deleteImport(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`delete from contact_imports where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

export async function updateColumns(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  file: { columns: string[]; sample: string[][]; suggested: ContactImportMatch | null },
): Promise<void> {
  const suggested = file.suggested === null ? null : JSON.stringify(file.suggested)
  await sql`
    update contact_imports set columns = ${JSON.stringify(file.columns)}::jsonb, sample = ${JSON.stringify(file.sample)}::jsonb,
      suggested_match = ${suggested}::jsonb, match = ${suggested}::jsonb
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

/** To be judged anew from its first row. */
export async function updateMatch(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  match: ContactImportMatch,
): Promise<void> {
  await deleteRefusals(db, workspaceId, id)
  await sql`
    update contact_imports set match = ${JSON.stringify(match)}::jsonb, version = version + 1, state = 'checking',
      progress = 0, rows = 0, rows_refused = 0, rows_known = 0
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

export async function updateChecked(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  read: { rows: number; refused: number; known: number; progress: number },
): Promise<void> {
  await sql`
    update contact_imports set rows = ${read.rows}, rows_refused = ${read.refused}, rows_known = ${read.known},
      progress = ${read.progress}
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

export async function updateDone(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  done: { rowsDone: number; created: number; updated: number; progress: number },
): Promise<void> {
  await sql`
    update contact_imports set rows_done = ${done.rowsDone}, created_count = created_count + ${done.created},
      updated_count = updated_count + ${done.updated}, progress = ${done.progress}
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

/** From one of `from`; false when it is in none of them any more. Where it goes says whether the file is still needed. */
export async function moveImport(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  move: { from: ContactImportState[]; to: ContactImportState; at: Date; error?: string },
): Promise<boolean> {
  const isEnd = move.to !== 'ready' && move.to !== 'running'
  const { rows } = await sql`
    update contact_imports set state = ${move.to}, error = ${move.error ?? null},
      progress = ${move.to === 'running' ? 0 : 1},
      started_at = ${move.to === 'running' ? move.at : sql`started_at`},
      finished_at = ${isEnd ? move.at : null},
      file_key = ${isEnd ? null : sql`file_key`},
      sample = ${isEnd ? '[]' : sql`sample`}
    where workspace_id = ${workspaceId} and id = ${id} and state = any (${move.from})
    returning 1`.execute(db)
  return rows.length > 0
}

export async function insertRefusals(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  rows: readonly RefusalRow[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into contact_import_refusals (workspace_id, import_id, row_number, cells, problem)
    select ${workspaceId}, ${id}, row_number, cells::jsonb, problem
    from unnest(${rows.map((row) => row.row_number)}::int[], ${rows.map((row) => JSON.stringify(row.cells))}::text[],
      ${rows.map((row) => row.problem)}::text[]) as refused (row_number, cells, problem)
    on conflict do nothing`.execute(db)
}

export async function deleteRefusals(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`
    delete from contact_import_refusals where workspace_id = ${workspaceId} and import_id = ${id}`.execute(db)
}

/** In the order of the file, behind the row `after`. */
export async function selectRefusals(
  db: Db,
  workspaceId: WorkspaceId,
  { id, after, limit }: { id: string; after: number; limit: number },
): Promise<RefusalRow[]> {
  const { rows } = await sql<RefusalRow>`
    select row_number, cells, problem from contact_import_refusals
    where workspace_id = ${workspaceId} and import_id = ${id} and row_number > ${after}
    order by row_number limit ${limit}`.execute(db)
  return rows
}

/** Names of attributes in use, from the newest contacts that have any. */
export async function selectAttributeNames(db: Db, workspaceId: WorkspaceId): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct jsonb_object_keys(attributes) as name
    from (select attributes from contacts
          where workspace_id = ${workspaceId} and attributes <> '{}' order by id desc limit 5000) as newest
    order by name limit 200`.execute(db)
  return rows.map(({ name }) => name)
}

/** Jobs may be lost between the commit and the queue. */
export async function selectUnfinishedImports(
  db: Db,
): Promise<Pick<ContactImportRow, 'workspace_id' | 'id' | 'state' | 'version'>[]> {
  const { rows } = await sql<Pick<ContactImportRow, 'workspace_id' | 'id' | 'state' | 'version'>>`
    select workspace_id, id, state, version from contact_imports
    where state in ('checking', 'running') and created_at < now() - interval '1 minute'
    limit 100`.execute(db)
  return rows
}

/** With what was refused: cells of people who are no contacts. Returns the files that still lie there. */
export async function deleteOldImports(db: Db, before: Date): Promise<string[]> {
  const { rows } = await sql<{ file_key: string | null }>`
    delete from contact_imports where created_at < ${before} returning file_key`.execute(db)
  return rows.flatMap(({ file_key }) => file_key ?? [])
}
