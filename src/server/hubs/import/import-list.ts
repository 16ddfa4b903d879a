import { access } from 'node:fs/promises'
import type { ListMatch, WorkspaceId } from '../../../contract/index.ts'
import { holdsPhone } from '../../contacts/index.ts'
import {
  type FileShape,
  inspectFile,
  pathOfFile,
  type RowBatch,
  readRows,
  removeFile,
  unreadable,
} from '../../files/index.ts'
import { type Ctx, type Db, ParleyError } from '../../platform/index.ts'
import { type TemplateRow, variablesOf } from '../../templates/index.ts'
import type { ListRow } from '../lists/list.ts'
import { lockList, selectList } from '../lists/queries.ts'
import { checkRow, createRowReader, hasWrongColumns, type RowReader } from '../match/check-row.ts'
import { findTemplate } from '../match/find-template.ts'
import { selectRememberedMatch } from '../match/queries.ts'
import { suggestMatch } from '../match/suggest-match.ts'
import { insertRows, type StoredRow } from '../recipients/queries.ts'
import { updateColumns, updateImported, updateRowsRead } from './queries.ts'

const batchSize = 2_000
const sampleSize = 200
/** Until then another hub may have it, whose disk is not ours. */
const lostAfterMs = 600_000

export interface ImportTask {
  workspaceId: WorkspaceId
  listId: string
  signal?: AbortSignal
}

/**
 * Reads a list's file into recipients. May be broken off at any moment and run again, also twice at once: each batch
 * is written with the cursor, under the list's lock. Throws file_unreadable.
 */
export async function importList(ctx: Ctx, { workspaceId, listId, signal }: ImportTask): Promise<void> {
  const list = await ctx.db.asWorker((tx) => selectList(tx, workspaceId, listId))
  if (!list?.file_key) return
  if (list.state !== 'importing') return removeFile(ctx, list.file_key)
  const path = pathOfFile(ctx, list.file_key)
  if (isLost(ctx, list) && !(await exists(path)))
    throw unreadable('The file was lost before it was read. Upload it again.')
  const shape = await inspectFile(path, holdsPhone)
  let reader: RowReader | null = null
  let rowCount = 0
  for await (const batch of readRows(path, shape, batchSize)) {
    signal?.throwIfAborted()
    reader ??= await prepare(ctx, list, { shape, first: batch })
    if (!(await writeBatch(ctx, list, { batch, reader }))) return removeFile(ctx, list.file_key)
    rowCount = batch.rows.at(-1)?.rowNumber ?? rowCount
    ctx.live.changed(workspaceId, { topic: 'list', id: listId })
  }
  if (rowCount === 0) throw unreadable('The file has a header, but no rows below it.')
  await ctx.db.asWorker((tx) => updateImported(tx, workspaceId, { listId, error: null }))
  await removeFile(ctx, list.file_key)
}

/** A hub that fails while it takes a file removes it, and may not reach the database any more to say so. */
function isLost({ clock }: Ctx, { created_at }: ListRow): boolean {
  return clock.now().getTime() - created_at.getTime() > lostAfterMs
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Columns and suggestion, once; a run that goes on where another broke off takes those. */
async function prepare(
  ctx: Ctx,
  list: ListRow,
  { shape, first }: { shape: FileShape; first: RowBatch },
): Promise<RowReader> {
  const { workspace_id: workspaceId } = list
  return ctx.db.asWorker(async (tx) => {
    const template = await findTemplate(tx, workspaceId, list.hub_template_id)
    const match = await matchOf(tx, list, { shape, first, template })
    return match
      ? createRowReader(shape.columns, match, template)
      : createRowReader(shape.columns, { phone: '', variables: {} })
  })
}

async function matchOf(
  db: Db,
  list: ListRow,
  file: { shape: FileShape; first: RowBatch; template: TemplateRow | null },
): Promise<ListMatch | null> {
  const { workspace_id: workspaceId } = list
  const current = await lockList(db, workspaceId, list.id)
  if (current && current.columns.length > 0) return current.checked_match
  const suggested = await suggest(db, list, file)
  await updateColumns(db, workspaceId, { listId: list.id, columns: file.shape.columns, suggested })
  return suggested
}

async function suggest(
  db: Db,
  list: ListRow,
  { shape, first, template }: { shape: FileShape; first: RowBatch; template: TemplateRow | null },
): Promise<ListMatch | null> {
  const { workspace_id: workspaceId } = list
  const { columns } = shape
  const remembered = await selectRememberedMatch(db, workspaceId, { hubId: list.hub_id, columns })
  return suggestMatch({
    columns,
    sample: first.rows.slice(0, sampleSize).map(({ cells }) => cells),
    variables: template ? variablesOf(template.components) : [],
    remembered,
  })
}

/** False when the list is not to be imported any more. */
function writeBatch(
  ctx: Ctx,
  list: ListRow,
  { batch, reader }: { batch: RowBatch; reader: RowReader },
): Promise<boolean> {
  const { workspace_id: workspaceId } = list
  return ctx.db.asWorker(async (tx) => {
    const current = await lockList(tx, workspaceId, list.id)
    if (current?.state !== 'importing') return false
    const fresh = batch.rows.filter(({ rowNumber }) => rowNumber > current.rows_read)
    if (fresh.length === 0) return true
    const rows = fresh.map(({ rowNumber, cells }): StoredRow => {
      return { id: ctx.random.id('rcp'), row_number: rowNumber, cells, ...judge(reader, cells) }
    })
    const inserted = await insertRows(tx, workspaceId, { listId: list.id, rows })
    const duplicates = rows
      .filter((row) => !inserted.has(row.row_number))
      .map((row) => ({ ...row, problem: 'duplicate' }))
    if (duplicates.length > 0) await insertRows(tx, workspaceId, { listId: list.id, rows: duplicates })
    await updateRowsRead(tx, workspaceId, {
      listId: list.id,
      rowsRead: rows.at(-1)?.row_number ?? current.rows_read,
      refused:
        duplicates.length + rows.filter((row) => row.problem !== null && inserted.has(row.row_number)).length,
      progress: batch.progress,
    })
    return true
  })
}

/** Without a column that says who it is the rows wait for the match to be judged. */
function judge(
  reader: RowReader,
  cells: readonly string[],
): Pick<StoredRow, 'phone' | 'user_id' | 'problem'> {
  if (reader.phoneIndex >= 0 || reader.userIndex >= 0) return checkRow(reader, cells)
  return { phone: null, user_id: null, problem: hasWrongColumns(reader, cells) ? 'wrong_columns' : null }
}

/** What a failed import leaves behind: the list says why, and can be deleted. Rethrows what is not the file's fault. */
export async function recordFailedImport(ctx: Ctx, task: ImportTask, error: unknown): Promise<void> {
  if (!(error instanceof ParleyError) || error.code !== 'file_unreadable') throw error
  const { workspaceId, listId } = task
  await ctx.db.asWorker((tx) => updateImported(tx, workspaceId, { listId, error: error.message }))
  await removeFile(ctx, `lists/${listId}`)
  ctx.live.changed(workspaceId, { topic: 'list', id: listId })
}
