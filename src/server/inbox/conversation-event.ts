import type { EventEntry } from '../events/index.ts'
import type { LockedConversation } from './queries.ts'

/** That a conversation was opened or closed, by us; what customers do is told by receiveMessage. */
export function conversationEvent(
  type: 'conversation.opened' | 'conversation.closed',
  conversation: Pick<LockedConversation, 'id' | 'number_id' | 'contact_id' | 'phone' | 'instance_name'>,
  at: Date,
): EventEntry {
  const { id, number_id, contact_id, phone, instance_name } = conversation
  return {
    type,
    at,
    number_id,
    contact_id,
    data: {
      instance_id: number_id,
      instance_name,
      conversation_id: id,
      contact_id,
      from: phone === null ? null : `+${phone}`,
    },
  }
}
