import { userIdOf } from '../world/identifiers.ts'
import type { Settings } from '../world/settings.ts'
import type { Accepted } from './accept-message.ts'

/**
 * Meta's answer to an accepted message. Put together by hand: JSON.stringify of the nested object would be a
 * good part of the whole send.
 */
export function acceptedAnswer(settings: Settings, accepted: Accepted): string {
  const { number, recipient, wamid } = accepted
  const waId = recipient.isUserId ? '' : `,"wa_id":"${recipient.phone}"`
  const userId = settings.user_ids ? `,"user_id":"${userIdOf(number.portfolioId, recipient.phone)}"` : ''
  const word = accepted.isHeld ? 'held_for_quality_assessment' : 'accepted'
  const status = accepted.isTemplate ? `,"message_status":"${word}"` : ''
  return `{"messaging_product":"whatsapp","contacts":[{"input":${JSON.stringify(recipient.input)}${waId}${userId}}],"messages":[{"id":"${wamid}"${status}}]}`
}
