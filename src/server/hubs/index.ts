export { defineHubsJobs } from './import/define-jobs.ts'
export { registerHubRoutes } from './routes.ts'
export { startHubsWorker } from './running/worker.ts'
