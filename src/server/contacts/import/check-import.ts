import { access } from 'node:fs/promises'
import type { WorkspaceId } from '../../../contract/index.ts'
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
import { holdsPhone } from '../find-columns.ts'
import { phoneVariants } from '../phone.ts'
import { selectContactsByPhone, selectContactsByUser } from '../queries.ts'
import type { ContactImportRow } from './contact-import.ts'
import { createRowJudge, type Person, type RowJudge } from './judge-row.ts'
import type { RefusalRow } from './present-refusal.ts'
import {
  insertRefusals,
  lockImport,
  moveImport,
  selectAttributeNames,
  selectImport,
  updateChecked,
  updateColumns,
} from './queries.ts'
import { suggestImportMatch } from './suggest-import-match.ts'

export const batchSize = 1_000
const rowsMax = 1_000_000
const sampleSize = 200
const shownSample = 5
/** Until then another hub may have the file, whose disk is not ours. */
const lostAfterMs = 600_000

export interface CheckTask {
  workspaceId: WorkspaceId
  id: string
  version: number
  signal?: AbortSignal
}

interface Checked {
  rows: number
  refused: number
  known: number
}

/**
 * Reads the file to its end and says of each row whether it can be taken; no contact is touched. May be broken off and
 * run again, also twice at once: the same file and match give the same verdicts. Throws file_unreadable.
 */
export async function checkImport(ctx: Ctx, task: CheckTask): Promise<void> {
  const { workspaceId, id, signal } = task
  const row = await ctx.db.asWorker((tx) => selectImport(tx, workspaceId, id))
  if (row?.state !== 'checking' || row.version !== task.version || row.file_key === null) return
  const path = pathOfFile(ctx, row.file_key)
  if (await isLost(ctx, path, row.created_at)) throw unreadable('The file was lost. Upload it again.')
  const shape = await inspectFile(path, holdsPhone)
  const checked: Checked = { rows: 0, refused: 0, known: 0 }
  let judge: RowJudge | null | undefined
  for await (const batch of readRows(path, shape, batchSize)) {
    signal?.throwIfAborted()
    if (judge === undefined) judge = await prepare(ctx, row, { shape, first: batch })
    if (!(await checkBatch(ctx, task, { batch, judge, checked }))) return
    ctx.live.changed(workspaceId, { topic: 'contact_import', id })
  }
  if (checked.rows === 0) throw unreadable('The file has a header, but no rows below it.')
  const move = { from: ['checking' as const], to: 'ready' as const, at: ctx.clock.now() }
  await ctx.db.asWorker((tx) => moveImport(tx, workspaceId, id, move))
}

/** Waited for since then in vain: for a while another hub may have it. */
export async function isLost({ clock }: Ctx, path: string, since: Date): Promise<boolean> {
  if (clock.now().getTime() - since.getTime() <= lostAfterMs) return false
  return access(path).then(
    () => false,
    () => true,
  )
}

/** Columns, sample and suggestion come with the first reading. Null: nobody said yet which column is who. */
async function prepare(
  ctx: Ctx,
  row: ContactImportRow,
  { shape, first }: { shape: FileShape; first: RowBatch },
): Promise<RowJudge | null> {
  if (row.columns.length > 0) return row.match && createRowJudge(row.columns, row.match)
  const { workspace_id: workspaceId, id } = row
  const { columns } = shape
  const sample = first.rows.slice(0, sampleSize).map(({ cells }) => cells)
  const suggested = await ctx.db.asWorker(async (tx) => {
    const attributeNames = await selectAttributeNames(tx, workspaceId)
    const match = suggestImportMatch({ columns, sample, attributeNames })
    await updateColumns(tx, workspaceId, id, {
      columns,
      sample: sample.slice(0, shownSample),
      suggested: match,
    })
    return match
  })
  return suggested && createRowJudge(columns, suggested)
}

/** False when another match was chosen, or the import cancelled. */
async function checkBatch(
  ctx: Ctx,
  { workspaceId, id, version }: CheckTask,
  { batch, judge, checked }: { batch: RowBatch; judge: RowJudge | null; checked: Checked },
): Promise<boolean> {
  const people: Person[] = []
  const refused: RefusalRow[] = []
  for (const { rowNumber, cells } of batch.rows) {
    const verdict = judge?.judge(cells)
    if (verdict?.ok) people.push(verdict.person)
    else if (verdict) refused.push({ row_number: rowNumber, cells, problem: verdict.problem })
  }
  checked.rows = batch.rows.at(-1)?.rowNumber ?? checked.rows
  if (checked.rows > rowsMax) throw unreadable(`The file has more than ${rowsMax} rows. Split it.`)
  checked.refused += refused.length
  return ctx.db.asWorker(async (tx) => {
    const current = await lockImport(tx, workspaceId, id)
    if (current?.state !== 'checking' || current.version !== version) return false
    checked.known += await countKnown(tx, workspaceId, people)
    await insertRefusals(tx, workspaceId, id, refused)
    await updateChecked(tx, workspaceId, id, { ...checked, progress: batch.progress })
    return true
  })
}

async function countKnown(db: Db, workspaceId: WorkspaceId, people: readonly Person[]): Promise<number> {
  const variantsOf = (phone: string | null) => (phone === null ? [] : phoneVariants(phone))
  const phones = people.flatMap(({ phone }) => variantsOf(phone))
  const userIds = people.flatMap(({ user_id }) => user_id ?? [])
  const byPhone = new Set((await selectContactsByPhone(db, workspaceId, phones)).map(({ phone }) => phone))
  const byUser = new Set((await selectContactsByUser(db, workspaceId, userIds)).map((row) => row.user_id))
  return people.filter(
    ({ phone, user_id }) =>
      variantsOf(phone).some((one) => byPhone.has(one)) || (user_id !== null && byUser.has(user_id)),
  ).length
}

/** What a file that can't be read leaves behind: the import says why. Rethrows what is not the file's fault. */
export async function recordFailedImport(ctx: Ctx, task: CheckTask, error: unknown): Promise<void> {
  if (!(error instanceof ParleyError) || error.code !== 'file_unreadable') throw error
  const { workspaceId, id } = task
  const { message } = error
  const move = { from: ['checking' as const], to: 'failed' as const, at: ctx.clock.now(), error: message }
  await ctx.db.asWorker((tx) => moveImport(tx, workspaceId, id, move))
  await removeFile(ctx, `contacts/${id}`)
}
