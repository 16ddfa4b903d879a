import type { ContactImportId, WorkspaceId } from '../../../contract/index.ts'
import { byteOrderMark, type CsvExport, csvLine, safeFileName } from '../../files/index.ts'
import type { Ctx } from '../../platform/index.ts'
import { explainRefusal } from './present-refusal.ts'
import { selectRefusals } from './queries.ts'
import { getImport } from './read-import.ts'

const pageSize = 1_000

/** The refused rows as they stand in the file, with what is wrong: to be mended and uploaded again. */
export async function exportRefused(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  id: ContactImportId,
): Promise<CsvExport> {
  const { columns, file_name } = await ctx.db.inWorkspace(workspaceId, (tx) => getImport(tx, workspaceId, id))
  async function* lines(): AsyncGenerator<string> {
    yield `${byteOrderMark}${csvLine([...columns, 'row_number', 'problem'])}`
    let after = 0
    for (;;) {
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectRefusals(tx, workspaceId, { id, after, limit: pageSize }),
      )
      yield rows
        .map((row) => {
          const cells = columns.map((_, index) => row.cells[index] ?? '')
          return csvLine([...cells, String(row.row_number), explainRefusal(row.problem).message])
        })
        .join('')
      const last = rows.at(-1)
      if (last === undefined || rows.length < pageSize) return
      after = last.row_number
    }
  }
  const name = file_name.replace(/\.[A-Za-z0-9]{1,5}$/, '')
  return { fileName: `${safeFileName(name, 'contacts')}-refused.csv`, lines: lines() }
}
