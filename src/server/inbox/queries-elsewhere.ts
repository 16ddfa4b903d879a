import { sql } from 'kysely'
import type { ContactId, ConversationId, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { TouchedConversation } from './queries.ts'

interface Pair {
  number_id: NumberId
  contact_id: ContactId
}

/**
 * What we wrote elsewhere is the last word and opens what was closed before it; what the customer had written by then was
 * read there. The caller holds the contact's row.
 */
export async function echoIntoConversation(
  db: Db,
  workspaceId: WorkspaceId,
  { number_id, contact_id, message_id, at }: Pair & { message_id: MessageId; at: Date },
): Promise<TouchedConversation> {
  const { rows } = await sql<TouchedConversation>`
    with before as (
      select v.state = 'closed' and (v.last_message_at < ${at} or m.type in ('system', 'edit', 'revoke', 'reaction')) as opened
      from conversations v left join messages m on m.workspace_id = v.workspace_id and m.id = v.last_message_id
      where v.workspace_id = ${workspaceId} and v.number_id = ${number_id} and v.contact_id = ${contact_id}
    ),
    unread as (
      select count(*)::int as n from messages
      where contact_id = ${contact_id} and number_id = ${number_id} and direction = 'in' and at > ${at}
        and type not in ('system', 'edit', 'revoke', 'reaction')
    ),
    touched as (
      insert into conversations as c (workspace_id, id, number_id, contact_id, last_message_id, last_message_at, echoed_at)
      values (${workspaceId}, parley_id('cnv'), ${number_id}, ${contact_id}, ${message_id}, ${at}, ${at})
      on conflict (workspace_id, number_id, contact_id) do update set
        state = case when (select opened from before) then 'open' else c.state end,
        last_message_id = case when excluded.last_message_at >= c.last_message_at
          then excluded.last_message_id else c.last_message_id end,
        last_message_at = greatest(c.last_message_at, excluded.last_message_at),
        echoed_at = greatest(c.echoed_at, excluded.echoed_at),
        unread_count = case when c.last_inbound_at > excluded.last_message_at
          then least(c.unread_count, (select n from unread)) else 0 end
      returning id, number_id
    )
    select t.id, coalesce(nullif(n.verified_name, ''), n.display_phone_number) as instance_name,
      coalesce((select opened from before), true) as opened
    from touched t
    join numbers n on n.workspace_id = ${workspaceId} and n.id = t.number_id`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('The conversation was not written.')
  return row
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

/** Where a contact is written to. */
export async function selectAddress(
  db: Db,
  workspaceId: WorkspaceId,
  contactId: string,
): Promise<{ phone: string | null; user_id: string | null }> {
  const { rows } = await sql<{ phone: string | null; user_id: string | null }>`
    select phone, user_id from contacts where workspace_id = ${workspaceId} and id = ${contactId}`.execute(db)
  return rows[0] ?? { phone: null, user_id: null }
}
