import type { ServerCtx } from '../providers/index.ts'
import { defineFileJobs } from './fetch-files.ts'
import { defineReadJob } from './mark-read.ts'

export { receiveCall } from './receive-call.ts'
export { receiveConversion } from './receive-conversion.ts'
export { receiveEcho } from './receive-echo.ts'
export { receiveGroupChange } from './receive-group-change.ts'
export { receiveHistory } from './receive-history.ts'
export { receiveMessage } from './receive-message.ts'
export { receiveReaction } from './receive-reaction.ts'
export { registerInboxRoutes } from './routes.ts'

/** Call before jobs are started. */
export function defineInboxJobs(ctx: ServerCtx): void {
  defineFileJobs(ctx)
  defineReadJob(ctx)
}
