export type { CustomerEvent, EventType } from '../contract/events.ts'
export {
  type ClientOptions,
  createParleyClient,
  ParleyApiError,
  type ParleyClient,
  type QueuedMessage,
  type SendMessage,
} from './parley-client.ts'
export { readEvent } from './read-event.ts'
export {
  type VerifyOptions,
  verifyWebhook,
  type WebhookHeaders,
  WebhookVerificationError,
} from './verify-webhook.ts'
