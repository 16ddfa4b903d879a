import type { List, WorkspaceId } from '../../../contract/index.ts'
import { type Ctx, page } from '../../platform/index.ts'
import { selectCounts } from './count-queries.ts'
import { presentList } from './present-list.ts'
import { type ListFilter, selectLists } from './queries.ts'
import { readTightLimits } from './read-tight-limits.ts'

/** Lists newest first, with their counts. */
export function readLists(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  { before, limit, ...filter }: { before: string | null; limit: number } & ListFilter,
): Promise<{ data: List[]; next_cursor: string | null }> {
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectLists(tx, workspaceId, { before, limit, ...filter })
    const ids = rows.map((row) => row.id)
    const counts = await selectCounts(tx, workspaceId, ids)
    const limits = await readTightLimits(tx, workspaceId, rows, counts)
    const now = ctx.clock.now()
    return page(ctx, rows, {
      limit,
      cursorOf: (row) => row.id,
      present: (row) => presentList(row, counts, { now, tight: limits.get(row.id) ?? null }),
    })
  })
}
