import type { ListId, WorkspaceId } from '../../../contract/index.ts'
import { type Ctx, type Db, ParleyError } from '../../platform/index.ts'
import type { ListRow } from '../lists/list.ts'
import { getList } from '../lists/read-list.ts'
import { type StoredRow, selectAttributesOf, selectRow } from '../recipients/queries.ts'
import { createRowReader, readVariables } from './check-row.ts'
import { type ProblemShown, presentProblem } from './problem.ts'

export interface RowPreview {
  row_number: number
  phone: string | null
  variables: Record<string, string>
  problem: ProblemShown | null
}

/** What one row fills into the template. Throws not_found for a row that the file doesn't have. */
export function previewRow(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  { listId, rowNumber }: { listId: ListId; rowNumber: number },
): Promise<RowPreview> {
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const list = await getList(tx, workspaceId, listId)
    const row = await getRow(tx, workspaceId, { listId, rowNumber })
    return {
      row_number: row.row_number,
      phone: row.phone,
      variables: await variablesOfRow(tx, workspaceId, { list, row }),
      problem: row.problem === null ? null : presentProblem(row.problem, phoneCellOf(list, row)),
    }
  })
}

export async function getRow(
  db: Db,
  workspaceId: WorkspaceId,
  place: { listId: ListId; rowNumber: number },
): Promise<StoredRow> {
  const row = await selectRow(db, workspaceId, place)
  if (!row) throw new ParleyError('not_found', `The list has no row ${place.rowNumber}.`)
  return row
}

export async function variablesOfRow(
  db: Db,
  workspaceId: WorkspaceId,
  { list, row }: { list: ListRow; row: StoredRow },
): Promise<Record<string, string>> {
  const match = list.match ?? list.suggested_match
  if (!match) return {}
  const attributes = await selectAttributesOf(db, workspaceId, row)
  return readVariables(createRowReader(list.columns, match), row.cells, attributes)
}

export function phoneCellOf(
  list: Pick<ListRow, 'columns' | 'checked_match'>,
  row: Pick<StoredRow, 'cells'>,
): string {
  return list.checked_match ? (row.cells[list.columns.indexOf(list.checked_match.phone)] ?? '') : ''
}
