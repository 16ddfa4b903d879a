import type { Ctx } from '../platform/index.ts'
import { removeBodiesBetween, selectBodiesRemovedUntil, setBodiesRemovedUntil } from './queries-retention.ts'

const hourMs = 3_600_000

/**
 * What was sent and answered is kept for the days that are configured; state, status and latency stay. Goes on where
 * the run before ended, an hour of attempts at a time. Returns how many attempts it emptied.
 */
export async function removeBodies(
  ctx: Pick<Ctx, 'config' | 'clock' | 'db'>,
  signal?: AbortSignal,
): Promise<number> {
  const end = new Date(ctx.clock.now().getTime() - ctx.config.keepBodiesDays * 24 * hourMs)
  let since = await selectBodiesRemovedUntil(ctx.db.worker)
  let total = 0
  while (since !== null && since < end && !signal?.aborted) {
    const span = { since, until: new Date(Math.min(since.getTime() + hourMs, end.getTime())) }
    total += await ctx.db.asWorker(async (tx) => {
      const removed = await removeBodiesBetween(tx, span)
      await setBodiesRemovedUntil(tx, span.until)
      return removed
    })
    since = span.until
  }
  return total
}
