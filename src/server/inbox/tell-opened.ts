import type { ContactId, NumberId, WorkspaceId } from '../../contract/index.ts'
import { appendEvent } from '../events/index.ts'
import type { Db } from '../platform/index.ts'
import { conversationEvent } from './conversation-event.ts'
import type { TouchedConversation } from './queries.ts'

/** What we do elsewhere opens a conversation as a message of the customer would. */
export async function tellOpened(
  db: Db,
  workspaceId: WorkspaceId,
  { id, instance_name, opened }: TouchedConversation,
  { at, ...pair }: { number_id: NumberId; contact_id: ContactId; phone: string | null; at: Date },
): Promise<void> {
  if (!opened) return
  const conversation = { ...pair, id, instance_name }
  await appendEvent(db, workspaceId, conversationEvent('conversation.opened', conversation, at))
}
