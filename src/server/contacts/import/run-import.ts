import type { WorkspaceId } from '../../../contract/index.ts'
import { inspectFile, pathOfFile, type RowBatch, readRows, removeFile } from '../../files/index.ts'
import type { Ctx } from '../../platform/index.ts'
import { holdsPhone } from '../find-columns.ts'
import { batchSize, isLost } from './check-import.ts'
import { createRowJudge, type RowJudge } from './judge-row.ts'
import { lockImport, moveImport, selectImport, updateDone } from './queries.ts'
import { type NumberedPerson, writePeople } from './write-people.ts'

export interface RunTask {
  workspaceId: WorkspaceId
  id: string
  signal?: AbortSignal
}

/**
 * Writes the rows that were found good into contacts. May be broken off at any moment and run again, also twice at once:
 * each batch is written with the cursor, under the import's lock.
 */
export async function runImport(ctx: Ctx, { workspaceId, id, signal }: RunTask): Promise<void> {
  const row = await ctx.db.asWorker((tx) => selectImport(tx, workspaceId, id))
  if (row?.state !== 'running' || row.file_key === null || row.match === null) return
  const path = pathOfFile(ctx, row.file_key)
  if (await isLost(ctx, path, row.started_at ?? row.created_at)) {
    const error = `The file was lost; its first ${row.rows_done} rows are written. Upload it again.`
    const move = { from: ['running' as const], to: 'failed' as const, at: ctx.clock.now(), error }
    await ctx.db.asWorker((tx) => moveImport(tx, workspaceId, id, move))
    return
  }
  const judge = createRowJudge(row.columns, row.match)
  const shape = await inspectFile(path, holdsPhone)
  for await (const batch of readRows(path, shape, batchSize)) {
    signal?.throwIfAborted()
    if (!(await writeBatch(ctx, { workspaceId, id }, { batch, judge }))) return
    ctx.live.changed(workspaceId, { topic: 'contact_import', id })
  }
  const move = { from: ['running' as const], to: 'finished' as const, at: ctx.clock.now() }
  await ctx.db.asWorker((tx) => moveImport(tx, workspaceId, id, move))
  await removeFile(ctx, row.file_key)
}

/** False when it was cancelled. Every row is judged, also those written before: a later one may repeat them. */
async function writeBatch(
  ctx: Ctx,
  { workspaceId, id }: RunTask,
  { batch, judge }: { batch: RowBatch; judge: RowJudge },
): Promise<boolean> {
  const people = batch.rows.flatMap(({ rowNumber, cells }): NumberedPerson[] => {
    const verdict = judge.judge(cells)
    return verdict.ok ? [{ ...verdict.person, rowNumber }] : []
  })
  return ctx.db.asWorker(async (tx) => {
    const current = await lockImport(tx, workspaceId, id)
    if (current?.state !== 'running') return false
    const fresh = people.filter(({ rowNumber }) => rowNumber > current.rows_done)
    const written = await writePeople(tx, current, fresh)
    const rowsDone = Math.max(current.rows_done, batch.rows.at(-1)?.rowNumber ?? 0)
    await updateDone(tx, workspaceId, id, { rowsDone, ...written, progress: batch.progress })
    return true
  })
}
