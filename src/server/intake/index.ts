export { defineIntakeJobs } from './jobs.ts'
export { registerInboundLogRoutes } from './log-routes.ts'
export {
  listUnrouted,
  type PlatformWebhook,
  readPlatformWebhook,
  replayUnrouted,
} from './platform-webhook.ts'
export type { UnroutedRow } from './queries-unrouted.ts'
export { registerIntakeRoutes } from './webhook-routes.ts'
export { startIntakeWorker } from './worker.ts'
