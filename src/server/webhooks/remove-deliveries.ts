import type { Ctx } from '../platform/index.ts'
import { removeDeliveriesBefore } from './queries-retention.ts'

const dayMs = 86_400_000
const batchSize = 5_000

/** The log of deliveries reaches as far back as the diary. Returns how many went; none that is still to be tried. */
export async function removeDeliveries(
  ctx: Pick<Ctx, 'config' | 'clock' | 'db'>,
  signal?: AbortSignal,
): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - ctx.config.keepEventsDays * dayMs)
  let total = 0
  let removed = batchSize
  while (removed === batchSize && !signal?.aborted) {
    removed = await ctx.db.asWorker((tx) => removeDeliveriesBefore(tx, { before, limit: batchSize }))
    total += removed
  }
  return total
}
