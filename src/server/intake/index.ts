export { registerInboundLogRoutes } from './log-routes.ts'
export { registerIntakeRoutes } from './webhook-routes.ts'
export { startIntakeWorker } from './worker.ts'
