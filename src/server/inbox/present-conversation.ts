import { type Conversation, personId } from '../../contract/index.ts'
import { presentContactSummary } from '../contacts/index.ts'
import { previewOf } from '../messages/index.ts'
import type { ConversationRow } from './queries.ts'
import { isWindowOpen } from './window.ts'

export function presentConversation(row: ConversationRow, now: Date): Conversation {
  const last = row.last_message
  return {
    id: row.id,
    number_id: row.number_id,
    contact: presentContactSummary(row.contact),
    state: row.state,
    assignee: row.assignee === null ? null : { id: personId.parse(row.assignee.id), name: row.assignee.name },
    unread_count: row.unread_count,
    last_message:
      last === null
        ? null
        : {
            preview: previewOf(last.type, last.content),
            direction: last.direction,
            status: last.status,
            at: new Date(last.at).toISOString(),
          },
    last_message_at: row.last_message_at.toISOString(),
    window_expires_at: row.window_expires_at?.toISOString() ?? null,
    window_open: isWindowOpen(row.window_expires_at, now),
  }
}
