export { defineHubsJobs } from './import/define-jobs.ts'
export { type Recount, recountLists } from './lists/recount-lists.ts'
export { registerHubRoutes } from './routes.ts'
export { startHubsWorker } from './running/worker.ts'
