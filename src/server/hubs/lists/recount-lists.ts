import type { Ctx } from '../../platform/index.ts'
import { type Difference, repairCounts, selectStartedLists } from './recount-queries.ts'

export interface Recount {
  lists: number
  /** Lists whose counts were wrong, with what was added to them. */
  repaired: { list_id: string; differences: Difference[] }[]
}

const pageSize = 100

/** Counts every started list anew from its rows. A difference is a fault of ours: it is mended, and logged as an error. */
export async function recountLists(ctx: Ctx, signal?: AbortSignal): Promise<Recount> {
  const recount: Recount = { lists: 0, repaired: [] }
  let after = ''
  while (!signal?.aborted) {
    const lists = await selectStartedLists(ctx.db.worker, { after, limit: pageSize })
    for (const { workspace_id, id } of lists) {
      const differences = await ctx.db.asPatientWorker((tx) => repairCounts(tx, workspace_id, id))
      recount.lists += 1
      after = id
      if (differences.length === 0) continue
      recount.repaired.push({ list_id: id, differences })
      ctx.log.error({ list_id: id, differences }, 'counts of a list were wrong and have been repaired')
      ctx.live.changed(workspace_id, { topic: 'list', id })
    }
    if (lists.length < pageSize) break
  }
  return recount
}
