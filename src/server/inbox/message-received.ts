import type { ContactId, MediaId, MessageId, MessageReceivedEvent, NumberId } from '../../contract/index.ts'
import type { MessageFact } from '../providers/index.ts'
import { choiceOf, fileOf, reactionOf, textOf } from './inbound-content.ts'
import type { TouchedConversation } from './queries.ts'

export interface ReceivedMessage {
  number_id: NumberId
  contact_id: ContactId
  message_id: MessageId
  conversation: TouchedConversation
  mediaId: MediaId | null
  publicUrl: string
}

/** Without what every event has: `event`, `id`, `workspace_id` and `timestamp`. */
type MessageReceivedData = Omit<MessageReceivedEvent, 'event' | 'id' | 'workspace_id' | 'timestamp'>

/** What customers' endpoints hear about an inbound message. */
export function messageReceivedData(
  fact: MessageFact,
  { number_id, contact_id, message_id, conversation, mediaId, publicUrl }: ReceivedMessage,
): MessageReceivedData {
  const file = fileOf(fact.type, fact.content)
  const choice = choiceOf(fact.type, fact.content)
  const reaction = reactionOf(fact.type, fact.content)
  return {
    instance_id: number_id,
    instance_name: conversation.instance_name,
    from: fact.from_phone === null ? null : `+${fact.from_phone}`,
    from_user_id: fact.from_user_id,
    message_text: textOf(fact.type, fact.content),
    message_type: fact.type,
    message_id,
    external_message_id: fact.external_id,
    contact_id,
    conversation_id: conversation.id,
    ...(file === null ? {} : { media: { ...file, ...linkOf(mediaId, publicUrl) } }),
    ...(choice === null ? {} : { interactive: choice }),
    ...(reaction === null ? {} : { reaction }),
  }
}

/** Good once the file has been fetched, which takes seconds; an API key opens it. */
function linkOf(mediaId: MediaId | null, publicUrl: string): Record<string, string> {
  return mediaId === null ? {} : { id: mediaId, url: `${publicUrl}/api/v1/media/${mediaId}` }
}
