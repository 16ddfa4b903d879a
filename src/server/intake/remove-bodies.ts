import type { Ctx } from '../platform/index.ts'
import { removeBodiesBefore } from './queries-retention.ts'
import { tellOfParked } from './tell-of-parked.ts'

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
    const { removed, isLast } = await ctx.db.asWorker(async (tx) => {
      const step = await removeBodiesBefore(tx, until, stepSize)
      for (const workspaceId of step.given_up) await tellOfParked(tx, workspaceId, ctx.clock.now())
      return step
    })
    total += removed
    if (isLast || signal?.aborted) return total
  }
}
