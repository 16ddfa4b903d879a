import type { ListMatch, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'
import type { ListRow } from '../lists/list.ts'
import { countProblems, promoteDuplicates, selectRowsAfter, updateVerdicts } from '../recipients/queries.ts'
import { checkRow, createRowReader, type RowReader } from './check-row.ts'
import { findTemplate } from './find-template.ts'
import { updateChecked, updateProgress } from './queries.ts'

/** Runs one batch in a transaction: of its own for big lists, in that of the request for small ones. */
export type RunBatch = <T>(work: (db: Db) => Promise<T>) => Promise<T>

const batchSize = 2_000

/** Whether the problems of the rows already stand for this match and its template. */
export function isChecked(
  { checked_match: checked, hub_template_id }: Pick<ListRow, 'checked_match' | 'hub_template_id'>,
  match: ListMatch,
): boolean {
  if (!checked || !isSamePerson(checked, match)) return false
  if ((checked.template_id ?? hub_template_id) !== (match.template_id ?? hub_template_id)) return false
  const keys = new Set([...Object.keys(checked.variables), ...Object.keys(match.variables)])
  return [...keys].every(
    (key) => JSON.stringify(checked.variables[key] ?? null) === JSON.stringify(match.variables[key] ?? null),
  )
}

/** Whether both look for people in the same columns. */
function isSamePerson(checked: ListMatch | null, match: ListMatch): boolean {
  return checked !== null && checked.phone === match.phone && checked.user_id === match.user_id
}

/**
 * Judges all rows anew for the list's match. May be broken off and run again from the start. Rows are judged first by
 * phone (all of them duplicates until the first of each phone is found), then by variables.
 */
export async function recheckList(
  list: ListRow & { match: ListMatch },
  { runBatch, workspaceId, signal }: { runBatch: RunBatch; workspaceId: WorkspaceId; signal?: AbortSignal },
): Promise<void> {
  const templateId = list.match.template_id ?? list.hub_template_id
  const template = await runBatch((db) => findTemplate(db, workspaceId, templateId))
  const reader = createRowReader(list.columns, list.match, template)
  const phoneOnly: RowReader = { ...reader, variables: [], template: null }
  const steps = { list, workspaceId, runBatch, ...(signal ? { signal } : {}) }
  if (!isSamePerson(list.checked_match, list.match)) {
    await judgeRows(steps, 0, (row) => {
      const verdict = checkRow(phoneOnly, row.cells)
      return { ...verdict, problem: verdict.problem ?? 'duplicate' }
    })
    await runBatch((db) => promoteDuplicates(db, workspaceId, { listId: list.id }))
  }
  await judgeRows(steps, 0.5, (row) => (isLeftOutAnyway(row.problem) ? row : checkRow(reader, row.cells)))
  await runBatch(async (db) => {
    const problems = await countProblems(db, workspaceId, list.id)
    const refused = [...problems.values()].reduce((sum, n) => sum + n, 0)
    await updateChecked(db, workspaceId, { listId: list.id, checked: list.match, refused })
  })
}

interface Steps {
  list: ListRow
  workspaceId: WorkspaceId
  runBatch: RunBatch
  signal?: AbortSignal
}

type Judged = Awaited<ReturnType<typeof selectRowsAfter>>[number]

async function judgeRows(
  { list, workspaceId, runBatch, signal }: Steps,
  progressFrom: number,
  judge: (row: Judged) => Pick<Judged, 'phone' | 'user_id' | 'problem'>,
): Promise<void> {
  for (let after = 0; ; ) {
    signal?.throwIfAborted()
    const last = await runBatch(async (db) => {
      const rows = await selectRowsAfter(db, workspaceId, { listId: list.id, after, limit: batchSize })
      const verdicts = rows.flatMap((row) => {
        const { phone, user_id, problem } = judge(row)
        const isSame = phone === row.phone && user_id === row.user_id && problem === row.problem
        return isSame ? [] : [{ id: row.id, phone, user_id, problem }]
      })
      await updateVerdicts(db, workspaceId, { listId: list.id, verdicts })
      const progress = progressFrom + (0.5 * (rows.at(-1)?.row_number ?? 0)) / Math.max(1, list.rows_read)
      if (list.rows_read > batchSize) await updateProgress(db, workspaceId, { listId: list.id, progress })
      return rows.at(-1)?.row_number
    })
    if (last === undefined) return
    after = last
  }
}

function isLeftOutAnyway(problem: string | null): boolean {
  return problem !== null && !/^(missing_variable|wrong_value)/.test(problem)
}
