import { forgetOldPlaces } from '../connectors/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { deleteOldKeys } from './queries-idempotency.ts'

const hourMs = 3_600_000

/** Registers the room's jobs; to be called before the jobs start. */
export function defineSendingJobs(ctx: ServerCtx): void {
  ctx.jobs.define('sending.forget_idempotency_keys', () => deleteOldKeys(ctx.db.worker), {
    repeat: { everyMs: hourMs },
  })
  ctx.jobs.define('sending.forget_old_places', () => forgetOldPlaces(ctx), { repeat: { everyMs: hourMs } })
}
