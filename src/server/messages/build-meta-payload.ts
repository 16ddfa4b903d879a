import { isUserId } from '../contacts/index.ts'
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
    ...recipientOf(message),
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

/** If both were given the phone would win; a person known by user id only has no phone to give. Other ids are groups'. */
function recipientOf({ to_phone, to_user_id }: ClaimedMessage): Record<string, unknown> {
  if (to_phone !== null) return { recipient_type: 'individual', to: to_phone }
  if (to_user_id !== null && !isUserId(to_user_id)) return { recipient_type: 'group', to: to_user_id }
  return { recipient_type: 'individual', recipient: to_user_id }
}
