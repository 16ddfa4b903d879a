import type { ContactId, ConversationId, NumberId, WorkspaceId } from '../../contract/index.ts'
import { priorities, queueMessage } from '../messages/index.ts'
import type { Ctx, Db } from '../platform/index.ts'
import { replyIntoConversation } from './queries.ts'
import { selectAddress } from './queries-elsewhere.ts'
import { isWindowOpen, windowEnd } from './window.ts'

/** What the workspace says to whoever just opted out or in, while the window they opened lasts. Returns whether it did. */
export async function confirmConsent(
  ctx: Ctx,
  db: Db,
  workspaceId: WorkspaceId,
  answer: {
    number_id: NumberId
    contact_id: ContactId
    conversation_id: ConversationId
    text: string | null
    /** When they wrote it. */
    at: Date
  },
): Promise<boolean> {
  const { number_id, contact_id, text } = answer
  const now = ctx.clock.now()
  if (text === null || !isWindowOpen(windowEnd(answer.at, now), now)) return false
  const { phone, user_id } = await selectAddress(db, workspaceId, contact_id)
  const { id } = await queueMessage(db, workspaceId, {
    ...{ number_id, contact_id, to_phone: phone, to_user_id: user_id },
    ...{ origin: 'agent', type: 'text', content: { text: { body: text } }, priority: priorities.reply },
  })
  await replyIntoConversation(db, workspaceId, answer.conversation_id, { id, at: now })
  return true
}
