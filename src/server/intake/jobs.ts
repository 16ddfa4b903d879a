import type { Ctx } from '../platform/index.ts'
import { takeUpArrived } from './await-message.ts'
import { replayUnrouted } from './platform-webhook.ts'
import { selectNewestConnection } from './queries-unrouted.ts'
import { resetSurvivors } from './queries-work.ts'
import { removeBodies } from './remove-bodies.ts'
import { defineReplayJobs } from './replay-logs.ts'
import { wakeIntake } from './wake-intake.ts'

/** Each comes alone, and may be the end of its process. */
const survivorsAtOnce = 100

export function defineIntakeJobs(ctx: Ctx): void {
  defineReplayJobs(ctx)
  defineRouting(ctx)
  ctx.jobs.define('intake.take-up-arrived', (_data, { signal }) => takeUpArrived(ctx, signal), {
    repeat: { everyMs: 10_000 },
  })
  ctx.jobs.define(
    'intake.try-parked',
    async () => {
      const partitions = await resetSurvivors(ctx.db.worker, survivorsAtOnce)
      if (partitions.length > 0) wakeIntake(ctx.wake, partitions)
    },
    { repeat: { everyMs: 10_000 } },
  )
  ctx.jobs.define(
    'intake.remove-bodies',
    async (_data, { signal }) => {
      const removed = await removeBodies(ctx, signal)
      if (removed > 0) ctx.log.info({ removed }, 'bodies of old webhooks removed')
    },
    { repeat: { everyMs: 3_600_000 } },
  )
}

/** Who connects something may commit after the look, and what came meanwhile is stored later still. */
const settledAfterMs = 120_000

/** What came for a number while it was not connected here finds its way within a minute afterwards. */
function defineRouting(ctx: Ctx): void {
  let routedUpTo = Number.NEGATIVE_INFINITY
  ctx.jobs.define(
    'intake.route-again',
    async () => {
      const newest = await selectNewestConnection(ctx.db.worker)
      if (newest === null || newest.getTime() <= routedUpTo) return
      const replayed = await replayUnrouted(ctx, 'connected')
      if (ctx.clock.now().getTime() - newest.getTime() > settledAfterMs) routedUpTo = newest.getTime()
      if (replayed > 0) ctx.log.info({ replayed }, 'webhooks of what was connected since are worked on')
    },
    { repeat: { everyMs: 60_000 } },
  )
}
