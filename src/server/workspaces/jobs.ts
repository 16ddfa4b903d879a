import type { Ctx } from '../platform/index.ts'
import { deleteOutdated } from './queries-sessions.ts'

export function defineWorkspacesJobs(ctx: Ctx): void {
  ctx.jobs.define('workspaces.clean', () => deleteOutdated(ctx.db.worker), {
    repeat: { everyMs: 3_600_000 },
  })
}
