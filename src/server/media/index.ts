export { type ExpectedMedia, expectMedia } from './expect-media.ts'
export { type FetchedMedia, fetchMedia, type MediaSource } from './fetch-media.ts'
export { mediaPath } from './media-file.ts'
export {
  giveUpLate,
  type MediaRow,
  selectForgotten as findForgottenMedia,
  selectMedia as findMedia,
} from './queries.ts'
export { bindToMessage, selectUnsent as findUnsentFiles, setExternalId } from './queries-outgoing.ts'
export { defineMediaJobs, removeErased } from './remove-erased.ts'
export { registerMediaRoutes, registerSharedMedia } from './routes.ts'
export { sharedAddress } from './shared-address.ts'
export { dropFile, type TakenFile, takeFile } from './take-file.ts'
