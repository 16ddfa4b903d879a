export { defineWebhooksJobs } from './replay-span.ts'
export { registerWebhookRoutes } from './routes.ts'
export { startWebhooksWorker } from './worker.ts'
