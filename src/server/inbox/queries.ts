import { sql } from 'kysely'
import type {
  ConnectorId,
  ContactId,
  ConversationId,
  ConversationState,
  MessageContent,
  MessageId,
  MessageStatus,
  NumberId,
  WorkspaceId,
} from '../../contract/index.ts'
import type { ContactSummaryRow } from '../contacts/index.ts'
import type { Db } from '../platform/index.ts'

export interface ConversationRow {
  id: ConversationId
  number_id: NumberId
  contact_id: ContactId
  contact: ContactSummaryRow
  state: ConversationState
  assignee: { id: string; name: string } | null
  unread_count: number
  last_message: {
    type: string
    content: MessageContent
    direction: 'in' | 'out'
    status: MessageStatus
    at: string
  } | null
  last_message_at: Date
  window_expires_at: Date | null
}

const conversations = sql`
  select c.id, c.number_id, c.contact_id, c.state, c.unread_count, c.last_message_at, c.window_expires_at,
    jsonb_build_object('id', p.id, 'phone', p.phone, 'user_id', p.user_id, 'is_group', p.is_group, 'username', p.username,
      'name', p.name, 'profile_name', p.profile_name) as contact,
    (select jsonb_build_object('id', a.person_id, 'name', a.name) from member_people a
     where a.workspace_id = c.workspace_id and a.person_id = c.assignee_id) as assignee,
    (select jsonb_build_object('type', m.type, 'content', m.content, 'direction', m.direction, 'status', m.status,
       'at', m.at)
     from messages m where m.workspace_id = c.workspace_id and m.id = c.last_message_id) as last_message
  from conversations c
  join contacts p on p.workspace_id = c.workspace_id and p.id = c.contact_id`

export async function selectConversation(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<ConversationRow | undefined> {
  const { rows } = await sql<ConversationRow>`
    ${conversations} where c.workspace_id = ${workspaceId} and c.id = ${id}`.execute(db)
  return rows[0]
}

export interface ConversationFilter {
  state: ConversationState | null
  /** A person's id, or `none`. */
  assignee: string | null
  number_id: string | null
  /** Null: both. */
  unread: boolean | null
  search: string | null
  /** The position of the last conversation of the page before. */
  before: { at: Date; id: string } | null
  limit: number
}

/** Newest first. Times are whole milliseconds, as we write them, so that a cursor can name one. */
export async function selectConversations(
  db: Db,
  workspaceId: WorkspaceId,
  filter: ConversationFilter,
): Promise<ConversationRow[]> {
  const { state, assignee, number_id, unread, search, before, limit } = filter
  const { rows } = await sql<ConversationRow>`
    ${conversations}
    where c.workspace_id = ${workspaceId}
      ${state === null ? sql`` : sql`and c.state = ${state}`}
      ${assignee === null ? sql`` : assignee === 'none' ? sql`and c.assignee_id is null` : sql`and c.assignee_id = ${assignee}`}
      ${number_id === null ? sql`` : sql`and c.number_id = ${number_id}`}
      ${unread === null ? sql`` : unread ? sql`and c.unread_count > 0` : sql`and c.unread_count = 0`}
      ${search === null ? sql`` : matchesSearch(search)}
      ${before === null ? sql`` : sql`and (c.last_message_at, c.id) < (${before.at}, ${before.id})`}
    order by c.last_message_at desc, c.id desc
    limit ${limit}`.execute(db)
  return rows
}

/** In names, phones, and the words of messages that were not deleted. */
function matchesSearch(search: string) {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const digits = search.replace(/[^0-9]/g, '')
  const inPhone = digits.length < 3 ? sql`` : sql`or p.phone like ${`%${digits}%`}`
  return sql`
    and (p.name ilike ${pattern} or p.profile_name ilike ${pattern} or p.username ilike ${pattern}
      or p.user_id = ${search} ${inPhone}
      or exists (
        select from messages m
        where m.workspace_id = c.workspace_id and m.number_id = c.number_id and m.contact_id = c.contact_id
          and m.content -> 'text' ->> 'body' ilike ${pattern}
          and not exists (
            select from message_amendments a
            where a.workspace_id = m.workspace_id and a.number_id = m.number_id and a.kind = 'revoke'
              and a.target_external_id = m.external_id)))`
}

export interface NewMessage {
  number_id: NumberId
  contact_id: ContactId
  message_id: MessageId
  at: Date
  /** Set when it opens the window; null for what the person did not write. */
  window_expires_at: Date | null
}

export interface TouchedConversation {
  id: ConversationId
  instance_name: string
  /** It is new, or was closed. */
  opened: boolean
}

/**
 * One conversation for a number and a contact, however many messages arrive at once. Times only go forward, so the
 * order in which messages are told makes no difference; what nobody wrote opens nothing. The caller holds the contact's
 * row, so the state read first is the one that is changed.
 */
export async function receiveIntoConversation(
  db: Db,
  workspaceId: WorkspaceId,
  message: NewMessage,
): Promise<TouchedConversation> {
  const isWritten = message.window_expires_at !== null
  const { rows } = await sql<TouchedConversation>`
    with before as (
      select state from conversations
      where workspace_id = ${workspaceId} and number_id = ${message.number_id} and contact_id = ${message.contact_id}
    ),
    touched as (
      insert into conversations as c (workspace_id, id, number_id, contact_id, state, last_message_id, last_message_at,
        last_inbound_at, window_expires_at, unread_count)
      values (${workspaceId}, parley_id('cnv'), ${message.number_id}, ${message.contact_id},
        ${isWritten ? 'open' : 'closed'}, ${message.message_id}, ${message.at}, ${isWritten ? message.at : null}, ${message.window_expires_at}, ${isWritten ? 1 : 0})
      on conflict (workspace_id, number_id, contact_id) do update set
        state = case when ${isWritten} then 'open' else c.state end,
        last_message_id = case when excluded.last_message_at >= c.last_message_at
          then excluded.last_message_id else c.last_message_id end,
        last_message_at = greatest(c.last_message_at, excluded.last_message_at),
        last_inbound_at = greatest(c.last_inbound_at, excluded.last_inbound_at),
        window_expires_at = greatest(c.window_expires_at, excluded.window_expires_at),
        unread_count = c.unread_count
          + case when c.echoed_at >= excluded.last_message_at then 0 else excluded.unread_count end
      returning id, number_id
    )
    select t.id, coalesce(nullif(n.verified_name, ''), n.display_phone_number) as instance_name,
      coalesce((select state = 'closed' from before), true) and ${isWritten} as opened
    from touched t
    join numbers n on n.workspace_id = ${workspaceId} and n.id = t.number_id`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('The conversation was not written.')
  return row
}

/** What we said is now the last word; a closed conversation is open again. */
export async function replyIntoConversation(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  message: { id: MessageId; at: Date },
): Promise<void> {
  await sql`
    update conversations set
      state = case when state = 'closed' then 'open' else state end,
      last_message_id = case when ${message.at} >= last_message_at then ${message.id} else last_message_id end,
      last_message_at = greatest(last_message_at, ${message.at})
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

export interface LockedConversation {
  id: ConversationId
  number_id: NumberId
  contact_id: ContactId
  state: ConversationState
  unread_count: number
  window_expires_at: Date | null
  phone: string | null
  user_id: string | null
  instance_name: string
  connector_id: ConnectorId
  connected: boolean
}

export async function lockConversation(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<LockedConversation | undefined> {
  const { rows } = await sql<LockedConversation>`
    select c.id, c.number_id, c.contact_id, c.state, c.unread_count, c.window_expires_at, p.phone, p.user_id,
      coalesce(nullif(n.verified_name, ''), n.display_phone_number) as instance_name, n.connector_id, n.connected
    from conversations c
    join contacts p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    join numbers n on n.workspace_id = c.workspace_id and n.id = c.number_id
    where c.workspace_id = ${workspaceId} and c.id = ${id}
    for no key update of c`.execute(db)
  return rows[0]
}

export async function updateConversationRow(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  changes: { state?: ConversationState; assignee_id?: string | null; unread_count?: 0 },
): Promise<void> {
  await sql`
    update conversations set
      state = coalesce(${changes.state ?? null}, state),
      assignee_id = ${changes.assignee_id === undefined ? sql`assignee_id` : changes.assignee_id},
      unread_count = coalesce(${changes.unread_count ?? null}, unread_count)
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

export async function isMember(db: Db, workspaceId: WorkspaceId, personId: string): Promise<boolean> {
  const { rows } = await sql`
    select from members where workspace_id = ${workspaceId} and person_id = ${personId}`.execute(db)
  return rows.length > 0
}

/** The provider's id of the newest message the customer wrote in a conversation. */
export async function selectNewestInbound(
  db: Db,
  workspaceId: WorkspaceId,
  conversationId: string,
): Promise<{ number_id: NumberId; external_id: string } | undefined> {
  const { rows } = await sql<{ number_id: NumberId; external_id: string }>`
    select m.number_id, m.external_id
    from conversations c
    join messages m on m.workspace_id = c.workspace_id and m.number_id = c.number_id and m.contact_id = c.contact_id
    where c.workspace_id = ${workspaceId} and c.id = ${conversationId}
      and m.direction = 'in' and m.external_id is not null and m.type not in ('call', 'system', 'edit', 'revoke', 'reaction')
    order by m.id desc
    limit 1`.execute(db)
  return rows[0]
}
