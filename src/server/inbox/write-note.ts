import type { ContactId, ConversationId, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import { recordInbound } from '../messages/index.ts'
import type { Db } from '../platform/index.ts'
import { receiveIntoConversation } from './queries.ts'

export interface Note {
  number_id: NumberId
  contact_id: ContactId
  /** Told again under the same one, it changes nothing. */
  external_id: string
  /** WhatsApp's word for it. */
  type: string
  /** One line for people. */
  body: string
  at: Date
}

/** A line in a thread about what WhatsApp reports there: nobody wrote it, so it opens nothing and customers hear of no message. */
export async function writeNote(
  db: Db,
  workspaceId: WorkspaceId,
  { number_id, contact_id, external_id, type, body, at }: Note,
): Promise<{ messageId: MessageId; conversationId: ConversationId } | null> {
  const pair = { number_id, contact_id }
  const { id, repeat } = await recordInbound(db, workspaceId, {
    ...pair,
    external_id,
    type: 'system',
    content: { system: { type, body } },
    at,
    context_external_id: null,
    origin: 'customer',
  })
  if (repeat) return null
  const touched = await receiveIntoConversation(db, workspaceId, {
    ...pair,
    message_id: id,
    at,
    window_expires_at: null,
  })
  return { messageId: id, conversationId: touched.id }
}
