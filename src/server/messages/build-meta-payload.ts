import type { Secrets } from '../platform/index.ts'
import type { ClaimedMessage } from './message.ts'
import { writeOpaqueTag } from './opaque-tag.ts'

/** Body of Meta's `POST /{phone number}/messages`, without `messaging_product`, which the provider's client adds. */
export function buildMetaPayload(
  secrets: Pick<Secrets, 'mac'>,
  numberId: string,
  message: ClaimedMessage,
): Record<string, unknown> {
  return {
    recipient_type: 'individual',
    // If both were given the phone would win; a person known by user id only has no phone to give.
    ...(message.to_phone === null ? { recipient: message.to_user_id } : { to: message.to_phone }),
    type: message.type,
    [message.type]: message.body,
    ...(message.context_external_id === null || message.type === 'reaction'
      ? {}
      : { context: { message_id: message.context_external_id } }),
    biz_opaque_callback_data: writeOpaqueTag(secrets, numberId, {
      message_id: message.id,
      attempt: message.attempt,
    }),
  }
}
