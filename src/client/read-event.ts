import { type CustomerEvent, customerEvent } from '../contract/events.ts'
import { type VerifyOptions, verifyWebhook, type WebhookHeaders } from './verify-webhook.ts'

/**
 * Verifies a request in format `normalized` and returns its event, typed by `event`. null when this version of the
 * client doesn't know the type: answer 2xx and leave it. Throws WebhookVerificationError.
 */
export function readEvent(
  secret: string | undefined,
  rawBody: Uint8Array | string,
  headers: WebhookHeaders,
  options: VerifyOptions = {},
): CustomerEvent | null {
  const event = customerEvent.safeParse(verifyWebhook(secret, rawBody, headers, options))
  return event.success ? event.data : null
}
