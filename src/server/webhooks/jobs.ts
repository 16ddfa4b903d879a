import type { Ctx } from '../platform/index.ts'
import { removeBodies } from './remove-bodies.ts'
import { removeDeliveries } from './remove-deliveries.ts'
import { defineReplayJobs } from './replay-span.ts'

export function defineWebhooksJobs(ctx: Ctx): void {
  defineReplayJobs(ctx)
  ctx.jobs.define(
    'webhooks.remove-bodies',
    async (_data, { signal }) => {
      const removed = await removeBodies(ctx, signal)
      if (removed > 0) ctx.log.info({ removed }, 'bodies of old deliveries removed')
    },
    { repeat: { everyMs: 3_600_000 } },
  )
  ctx.jobs.define(
    'webhooks.remove-deliveries',
    async (_data, { signal }) => {
      const removed = await removeDeliveries(ctx, signal)
      if (removed > 0) ctx.log.info({ removed }, 'old deliveries removed')
    },
    { repeat: { everyMs: 3_600_000 }, isLong: true },
  )
}
