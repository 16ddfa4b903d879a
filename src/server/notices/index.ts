export { type OpenNotice, raiseNotice, resolveNotices } from './raise-notice.ts'
export { readFlags } from './read-flags.ts'
export { registerNoticeRoutes } from './routes.ts'
