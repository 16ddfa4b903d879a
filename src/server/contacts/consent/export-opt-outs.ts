import type { OptOutFilter } from '../../../contract/index.ts'
import { recordAudit } from '../../events/index.ts'
import { byteOrderMark, type CsvExport, csvLine } from '../../files/index.ts'
import type { Actor, Ctx } from '../../platform/index.ts'
import { optOutSelectionOf, presentOptOut } from './list-opt-outs.ts'
import { type OptOutPosition, selectOptOuts } from './queries-opt-outs.ts'

const pageSize = 1_000
const columns = ['phone', 'user_id', 'name', 'scope', 'source', 'reason', 'by'] as const

/** The opt-outs that the filter leaves, one page of them in memory at a time. */
export async function exportOptOuts(ctx: Ctx, actor: Actor, filter: OptOutFilter): Promise<CsvExport> {
  const { workspaceId } = actor
  const selection = optOutSelectionOf(filter)
  await ctx.db.inWorkspace(workspaceId, (tx) =>
    recordAudit(tx, actor, { action: 'opt_outs.exported', after: { ...selection } }),
  )
  async function* lines(): AsyncGenerator<string> {
    yield `${byteOrderMark}${csvLine([...columns, 'opted_out_at'])}`
    let after: OptOutPosition | null = null
    for (;;) {
      const position: { after: OptOutPosition | null; limit: number } = { after, limit: pageSize }
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectOptOuts(tx, workspaceId, { ...selection, ...position }),
      )
      yield rows
        .map(presentOptOut)
        .map((row) => csvLine([...columns.map((column) => row[column] ?? ''), row.at]))
        .join('')
      const last = rows.at(-1)
      if (last === undefined || rows.length < pageSize) return
      after = last
    }
  }
  const day = ctx.clock.now().toISOString().slice(0, 10)
  return { fileName: `opt-outs-${day}.csv`, lines: lines() }
}
