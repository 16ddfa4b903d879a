export { type ExpectedMedia, expectMedia } from './expect-media.ts'
export { type FetchedMedia, fetchMedia, type MediaSource } from './fetch-media.ts'
export { type MediaRow, selectForgotten as findForgottenMedia } from './queries.ts'
export { registerMediaRoutes } from './routes.ts'
