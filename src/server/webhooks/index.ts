export { registerWebhookRoutes } from './routes.ts'
export { startWebhooksWorker } from './worker.ts'
