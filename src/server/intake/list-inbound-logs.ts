import type { InboundLog, InboundLogDetail, InboundLogQuery } from '../../contract/index.ts'
import { type Actor, type Ctx, openCursor, ParleyError, page } from '../platform/index.ts'
import { presentInboundLog, presentInboundLogDetail } from './present-inbound-log.ts'
import { selectLog, selectLogs } from './queries-log.ts'

export async function listInboundLogs(
  ctx: Ctx,
  { workspaceId }: Actor,
  query: InboundLogQuery,
): Promise<{ data: InboundLog[]; next_cursor: string | null }> {
  const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
    selectLogs(tx, workspaceId, {
      verdict: query.verdict ?? null,
      connector_id: query.connector_id ?? null,
      terms: [termOf(query.search ?? ''), termOf(query.type ?? '')].filter((term) => term !== null),
      since: query.since === undefined ? null : new Date(query.since),
      until: query.until === undefined ? null : new Date(query.until),
      before: query.cursor === undefined ? null : openCursor(ctx, query.cursor),
      limit: query.limit + 1,
    }),
  )
  return page(ctx, rows, { limit: query.limit, cursorOf: (row) => row.id, present: presentInboundLog })
}

/** With its body and headers. Throws not_found, also for another workspace's id. */
export async function getInboundLog(ctx: Ctx, { workspaceId }: Actor, id: string): Promise<InboundLogDetail> {
  const row = await ctx.db.inWorkspace(workspaceId, (tx) => selectLog(tx, workspaceId, id))
  if (!row) throw new ParleyError('not_found', 'There is no inbound log with this id.')
  return presentInboundLogDetail(row)
}

/** A whole phone, id or type; phones as people write them. */
function termOf(search: string): string | null {
  const term = search.trim().toLowerCase()
  if (/^\+?[0-9][0-9\s()-]*$/.test(term)) return term.replace(/[^0-9]/g, '')
  return term === '' ? null : term
}
