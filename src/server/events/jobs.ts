import type { Ctx } from '../platform/index.ts'
import { removeEvents } from './remove-events.ts'

export function defineEventsJobs(ctx: Ctx): void {
  ctx.jobs.define(
    'events.remove-old',
    async (_data, { signal }) => {
      const removed = await removeEvents(ctx, signal)
      if (removed > 0) ctx.log.info({ removed }, 'old events removed')
    },
    { repeat: { everyMs: 3_600_000 }, isLong: true },
  )
}
