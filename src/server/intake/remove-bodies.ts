import type { Ctx } from '../platform/index.ts'
import { removeBodiesBefore } from './queries-retention.ts'

const dayMs = 24 * 3_600_000
const stepSize = 2_000

/** Raw bodies are kept for the days that are configured; verdict, facts and digest stay. Returns how many it removed. */
export async function removeBodies(
  ctx: Pick<Ctx, 'config' | 'clock' | 'db'>,
  signal?: AbortSignal,
): Promise<number> {
  const until = new Date(ctx.clock.now().getTime() - ctx.config.keepBodiesDays * dayMs)
  let total = 0
  for (;;) {
    const { removed, isLast } = await ctx.db.asWorker((tx) => removeBodiesBefore(tx, until, stepSize))
    total += removed
    if (isLast || signal?.aborted) return total
  }
}
