import type { Ctx } from '../platform/index.ts'
import { removeEventsBefore, selectWorkspacesWithEventsBefore } from './queries-retention.ts'

const dayMs = 86_400_000
const batchSize = 5_000

/**
 * The diary is kept for the days that are configured. What is removed moves the feed's beginning on in the same
 * transaction, so that a reader who comes too late is told. Returns how many events went.
 */
export async function removeEvents(
  ctx: Pick<Ctx, 'config' | 'clock' | 'db'>,
  signal?: AbortSignal,
): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - ctx.config.keepEventsDays * dayMs)
  let total = 0
  for (const workspaceId of await selectWorkspacesWithEventsBefore(ctx.db.worker, before)) {
    let removed = batchSize
    while (removed === batchSize && !signal?.aborted) {
      removed = await ctx.db.asWorker((tx) =>
        removeEventsBefore(tx, workspaceId, { before, limit: batchSize }),
      )
      total += removed
    }
  }
  return total
}
