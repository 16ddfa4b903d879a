import { sql } from 'kysely'
import type { ListId, MessageId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { MessageRow } from './message.ts'
import { priorities } from './message.ts'
import type { ListMessage, QueuedMessage } from './queue-messages.ts'
import type { InboundMessage, InboundReaction } from './record-inbound.ts'

const shownColumns = sql`
  m.workspace_id, m.id, m.number_id, m.contact_id, m.direction, m.origin, m.type, m.content, m.external_id,
  m.context_external_id, m.at, m.state, m.status, m.to_phone, m.list_id, m.recipient_id, m.template_id, m.category,
  m.sent_by, m.error_code, m.error`

/** null when a message with this external id is here already. */
export async function insertInboundMessage(
  db: Db,
  workspaceId: WorkspaceId,
  message: InboundMessage,
): Promise<MessageId | null> {
  const { rows } = await sql<{ id: MessageId }>`
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, external_id,
      context_external_id, at, state)
    values (${workspaceId}, coalesce(${message.id ?? null}, parley_id('msg')), ${message.number_id},
      ${message.contact_id}, 'in', ${message.origin}, ${message.type}, ${JSON.stringify(message.content)}::jsonb,
      ${message.external_id}, ${message.context_external_id}, coalesce(${message.at}, now()), 'received')
    on conflict (number_id, inbound_external_id) where inbound_external_id is not null do nothing
    returning id`.execute(db)
  return rows[0]?.id ?? null
}

export async function selectIdByExternalId(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
  externalId: string,
): Promise<MessageId | null> {
  const { rows } = await sql<{ id: MessageId }>`
    select message_id as id from outbound_external_ids
    where workspace_id = ${workspaceId} and number_id = ${numberId} and external_id = ${externalId}
    union all
    select id from messages
    where workspace_id = ${workspaceId} and number_id = ${numberId} and inbound_external_id = ${externalId}`.execute(
    db,
  )
  return rows[0]?.id ?? null
}

export async function updateMediaId(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: MessageId,
  mediaId: string,
): Promise<void> {
  await sql`
    update messages set content = (content - 'media_missing') || jsonb_build_object('media_id', ${mediaId}::text)
    where workspace_id = ${workspaceId} and id = ${messageId}`.execute(db)
}

export async function updateMediaMissing(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: MessageId,
): Promise<void> {
  await sql`
    update messages set content = content || '{"media_missing": true}'
    where workspace_id = ${workspaceId} and id = ${messageId} and not content ? 'media_id'`.execute(db)
}

/**
 * The newest reaction of each side wins, in whatever order they come; of the same second, the one that takes it back.
 */
export async function upsertReaction(
  db: Db,
  workspaceId: WorkspaceId,
  reaction: InboundReaction,
): Promise<boolean> {
  const { rows } = await sql`
    insert into message_reactions (workspace_id, number_id, target_external_id, direction, emoji, at)
    -- Kept under the id that sending answered, whichever of its ids the reaction names.
    values (${workspaceId}, ${reaction.number_id}, coalesce((
        select m.external_id from outbound_external_ids e
        join messages m on m.workspace_id = e.workspace_id and m.id = e.message_id
        where e.workspace_id = ${workspaceId} and e.number_id = ${reaction.number_id}
          and e.external_id = ${reaction.target_external_id} and e.is_alias
      ), ${reaction.target_external_id}), ${reaction.direction}, ${reaction.emoji}, ${reaction.at})
    on conflict (workspace_id, number_id, target_external_id, direction)
    do update set emoji = excluded.emoji, at = excluded.at
      where (message_reactions.at, message_reactions.emoji = '', message_reactions.emoji)
        < (excluded.at, excluded.emoji = '', excluded.emoji)
    returning 1`.execute(db)
  return rows.length > 0
}

/** As long as WhatsApp itself goes on trying to deliver one. */
const codesAreGoodFor = sql`interval '10 minutes'`

export async function insertQueuedMessage(
  db: Db,
  workspaceId: WorkspaceId,
  message: QueuedMessage,
): Promise<{ id: MessageId }> {
  const { rows } = await sql<{ id: MessageId }>`
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content,
      context_external_id, state, to_phone, to_user_id, template_id, category, priority, sent_by, next_at, send_by)
    values (${workspaceId}, coalesce(${message.id ?? null}, parley_id('msg')), ${message.number_id},
      ${message.contact_id}, 'out', ${message.origin}, ${message.type}, ${JSON.stringify(message.content)}::jsonb,
      ${message.context_external_id ?? null}, 'queued', ${message.to_phone}, ${message.to_user_id},
      ${message.template_id ?? null}, ${message.category ?? null}, ${message.priority}, ${message.sent_by ?? null},
      coalesce(${message.next_at ?? null}, now()),
      case when ${message.category ?? null}::text = 'AUTHENTICATION'
        then coalesce(${message.next_at ?? null}, now()) + ${codesAreGoodFor} end)
    returning id`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('The message was not written.')
  return row
}

export async function insertListMessages(
  db: Db,
  workspaceId: WorkspaceId,
  messages: readonly ListMessage[],
): Promise<number> {
  const column = <Key extends keyof ListMessage>(key: Key) => messages.map((message) => message[key] ?? null)
  const contents = messages.map((message) => JSON.stringify(message.content))
  const { numAffectedRows } = await sql`
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, state, to_phone,
      to_user_id, list_id, recipient_id, round, template_id, category, priority)
    select ${workspaceId}, coalesce(r.id, parley_id('msg')), r.number_id, r.contact_id, 'out', 'list', 'template',
      r.content, 'queued', r.to_phone, r.to_user_id, r.list_id, r.recipient_id, r.round, r.template_id, r.category,
      ${priorities.bulk}
    from unnest(${column('id')}::text[], ${column('number_id')}::text[], ${column('contact_id')}::text[],
      ${contents}::jsonb[], ${column('to_phone')}::text[],
      ${column('to_user_id')}::text[], ${column('list_id')}::text[],
      ${column('recipient_id')}::text[], ${column('round')}::int[], ${column('template_id')}::text[],
      ${column('category')}::text[])
      as r(id, number_id, contact_id, content, to_phone, to_user_id, list_id, recipient_id, round, template_id, category)
    on conflict (list_id, recipient_id, round) where list_id is not null do nothing`.execute(db)
  return Number(numAffectedRows ?? 0)
}

export async function cancelQueuedListMessages(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, limit }: { listId: ListId; limit: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    with taken as (
      delete from send_queue where ctid = any (array(
        select ctid from send_queue
        where workspace_id = ${workspaceId} and list_id = ${listId}
        order by message_id
        limit ${limit}
        for update))
      returning message_id
    )
    update messages m set state = 'cancelled', error_code = 'cancelled', error = null
    from taken t
    where m.workspace_id = ${workspaceId} and m.id = t.message_id and m.state = 'queued'`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** `codes`: failures of less than a day ago that bear one of them stay as they are. */
export async function insertFailedAgain(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, codes }: { listId: ListId; codes: readonly string[] },
): Promise<number> {
  const { rows } = await sql`
    with failed as (
      update messages set superseded = true
      where workspace_id = ${workspaceId} and list_id = ${listId} and exception = 'failed' and not superseded
        and (error_code = any (${[...codes]}::text[]) and failed_at > now() - interval '24 hours') is not true
      returning *
    )
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, state, to_phone,
      to_user_id, list_id, recipient_id, round, template_id, category, priority)
    select workspace_id, parley_id('msg'), number_id, contact_id, 'out', 'list', type, content, 'queued', to_phone,
      to_user_id, list_id, recipient_id, round + 1, template_id, category, priority
    from failed
    on conflict (list_id, recipient_id, round) where list_id is not null do nothing
    returning 1`.execute(db)
  return rows.length
}

export async function countFailed(db: Db, workspaceId: WorkspaceId, listId: ListId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from messages
    where workspace_id = ${workspaceId} and list_id = ${listId} and exception = 'failed' and not superseded`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

export async function selectMessage(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<MessageRow | null> {
  const { rows } = await sql<MessageRow>`
    select ${shownColumns} from messages m where m.workspace_id = ${workspaceId} and m.id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** Newest first, by the time at which they were written; `before` is the id of the last of the page before. */
export async function selectThread(
  db: Db,
  workspaceId: WorkspaceId,
  thread: { number_id: string; contact_id: string; before: string | null; limit: number },
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select ${shownColumns} from messages m
    where m.workspace_id = ${workspaceId} and m.number_id = ${thread.number_id}
      and m.contact_id = ${thread.contact_id}
      -- Shown at the message that it names; an inbound one that names none has nowhere else to stand.
      and (m.type <> 'reaction' or m.direction = 'in' and not coalesce(m.content -> 'reaction' ? 'message_id', false))
      -- What edits or deletes another is shown in that one, if it is here.
      and (m.type not in ('edit', 'revoke') or not exists (
        select from message_amendments a
        where a.workspace_id = m.workspace_id and a.message_id = m.id and (
          exists (select from outbound_external_ids e
            where e.number_id = a.number_id and e.external_id = a.target_external_id)
          or exists (select from messages t
            where t.number_id = a.number_id and t.inbound_external_id = a.target_external_id))))
      ${thread.before === null ? sql`` : sql`and (m.at, m.id) < (${timeOf(workspaceId, thread.before)}, ${thread.before})`}
    order by m.at desc, m.id desc
    limit ${thread.limit}`.execute(db)
  return rows
}

/** To the microsecond, which a cursor that people pass on need not know. */
function timeOf(workspaceId: WorkspaceId, id: string) {
  return sql`(select at from messages where workspace_id = ${workspaceId} and id = ${id})`
}
