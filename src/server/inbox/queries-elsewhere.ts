import { sql } from 'kysely'
import type { ContactId, ConversationId, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

interface Pair {
  number_id: NumberId
  contact_id: ContactId
}

/** What we wrote elsewhere is the last word; what the customer wrote before it was read there. */
export async function echoIntoConversation(
  db: Db,
  workspaceId: WorkspaceId,
  { number_id, contact_id, message_id, at }: Pair & { message_id: MessageId; at: Date },
): Promise<ConversationId> {
  const { rows } = await sql<{ id: ConversationId }>`
    insert into conversations as c (workspace_id, id, number_id, contact_id, last_message_id, last_message_at)
    values (${workspaceId}, parley_id('cnv'), ${number_id}, ${contact_id}, ${message_id}, ${at})
    on conflict (workspace_id, number_id, contact_id) do update set
      last_message_id = case when excluded.last_message_at >= c.last_message_at
        then excluded.last_message_id else c.last_message_id end,
      last_message_at = greatest(c.last_message_at, excluded.last_message_at),
      unread_count = case when excluded.last_message_at >= c.last_inbound_at then 0 else c.unread_count end
    returning id`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('The conversation was not written.')
  return row.id
}

/** A chat from before: closed and read when it is new here, and only older than what there is already. */
export async function historyIntoConversation(
  db: Db,
  workspaceId: WorkspaceId,
  past: Pair & {
    last_external_id: string
    at: Date
    last_inbound_at: Date | null
    window_expires_at: Date | null
  },
): Promise<ConversationId> {
  const { rows } = await sql<{ id: ConversationId }>`
    insert into conversations as c (workspace_id, id, number_id, contact_id, state, last_message_id, last_message_at,
      last_inbound_at, window_expires_at)
    values (${workspaceId}, parley_id('cnv'), ${past.number_id}, ${past.contact_id}, 'closed', (
        select id from messages where number_id = ${past.number_id} and inbound_external_id = ${past.last_external_id}
        union all
        select message_id from outbound_external_ids
        where number_id = ${past.number_id} and external_id = ${past.last_external_id}
        limit 1
      ), ${past.at}, ${past.last_inbound_at}, ${past.window_expires_at})
    on conflict (workspace_id, number_id, contact_id) do update set
      last_message_id = case when excluded.last_message_at > c.last_message_at or c.last_message_id is null
        then excluded.last_message_id else c.last_message_id end,
      last_message_at = greatest(c.last_message_at, excluded.last_message_at),
      last_inbound_at = greatest(c.last_inbound_at, excluded.last_inbound_at),
      window_expires_at = greatest(c.window_expires_at, excluded.window_expires_at)
    returning id`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('The conversation was not written.')
  return row.id
}
