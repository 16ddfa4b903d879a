export { defineWebhooksJobs } from './jobs.ts'
export { registerWebhookRoutes } from './routes.ts'
export { startWebhooksWorker } from './worker.ts'
