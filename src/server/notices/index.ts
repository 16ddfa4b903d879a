export { type OpenNotice, raiseNotice, resolveNotices, rewordNotice } from './raise-notice.ts'
export { readFlags } from './read-flags.ts'
export { registerNoticeRoutes } from './routes.ts'
