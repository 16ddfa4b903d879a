export { applyBilling } from './apply-billing.ts'
export { applyStatus, applyStatuses, type StatusOutcome } from './apply-statuses.ts'
export { attachMedia, missMedia } from './attach-media.ts'
export { buildMetaPayload } from './build-meta-payload.ts'
export { type Claim, claimDirectIntents, claimListIntents, releaseIntents } from './claim-intents.ts'
export type {
  ClaimedMessage,
  DirectPriority,
  MessageRow,
  MessageState,
  SkipReason,
  StatusKind,
  StoredError,
} from './message.ts'
export { priorities } from './message.ts'
export { writeOpaqueTag } from './opaque-tag.ts'
export { presentMessageError } from './present-message.ts'
export { presentResend, presentUnsettled } from './present-unsettled.ts'
export { previewOf } from './preview.ts'
export { hasNewsOfPast, insertEcho, mergeCall } from './queries-elsewhere.ts'
export { selectPolicy, upsertPolicy } from './queries-resend-policy.ts'
export { countResends, countUnsettled, selectResends, selectUnsettled } from './queries-unsettled.ts'
export {
  cancelListMessages,
  type ListMessage,
  type QueuedMessage,
  queueListMessages,
  queueMessage,
  requeueFailed,
} from './queue-messages.ts'
export { findMessageId, getMessage, readThread } from './read-messages.ts'
export { recordAmendment } from './record-amendment.ts'
export { recordEcho } from './record-echo.ts'
export {
  type InboundMessage,
  type InboundReaction,
  recordInbound,
  recordReaction,
} from './record-inbound.ts'
export { type AttemptOutcome, recordOutcomes } from './record-outcomes.ts'
export { recordPast } from './record-past.ts'
export { resendByPolicy } from './resend-by-policy.ts'
export { markNotSent, resendMessage } from './settle-by-hand.ts'
export { expireUnknowns, settleStaleIntents } from './settle-intents.ts'
export { settleMany } from './settle-many.ts'
export { heldCode, listStateCodes } from './state-codes.ts'
export { tellLive } from './tell-live.ts'
