import { sql } from 'kysely'
import type { ContactId, MessageContent, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { StoredPricing } from './message.ts'

// Messages that came into being elsewhere: in the Business app, before the number was connected, or as calls.

export interface EchoedMessage {
  number_id: NumberId
  contact_id: ContactId
  external_id: string
  to_phone: string | null
  to_user_id: string | null
  type: string
  content: MessageContent
  context_external_id: string | null
  at: Date
}

/** The caller holds the contact's row and has looked that nobody wrote it before. */
export async function insertEcho(db: Db, workspaceId: WorkspaceId, echo: EchoedMessage): Promise<MessageId> {
  const { rows } = await sql<{ id: MessageId }>`
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, external_id,
      context_external_id, at, state, to_phone, to_user_id)
    values (${workspaceId}, parley_id('msg'), ${echo.number_id}, ${echo.contact_id}, 'out', 'echo', ${echo.type},
      ${JSON.stringify(echo.content)}::jsonb, ${echo.external_id}, ${echo.context_external_id}, ${echo.at}, 'accepted',
      ${echo.to_phone}, ${echo.to_user_id})
    returning id`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('The message was not written.')
  return row.id
}

export interface PastRow {
  /** Sorts by the time of the message, so that it stands in its place in the thread. */
  id: string
  external_id: string
  direction: 'in' | 'out'
  type: string
  content: MessageContent
  context_external_id: string | null
  at: Date
  sent_at: Date | null
  delivered_at: Date | null
  read_at: Date | null
  failed_at: Date | null
}

/** Whether any of them is not here yet, or only as the placeholder of a file that has come. */
export async function hasNewsOfPast(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  messages: readonly { external_id: string; type: string }[],
): Promise<boolean> {
  const { rows } = await sql`
    select from unnest(${messages.map((one) => one.external_id)}::text[], ${messages.map((one) => one.type)}::text[])
      as t(external_id, type)
    where not exists (
      select from messages m where m.workspace_id = ${workspaceId} and m.number_id = ${numberId}
        and m.inbound_external_id = t.external_id and (m.type <> 'media_placeholder' or t.type = m.type)
      union all
      select from outbound_external_ids e
      join messages m on m.workspace_id = e.workspace_id and m.id = e.message_id
      where e.workspace_id = ${workspaceId} and e.number_id = ${numberId} and e.external_id = t.external_id
        and (m.type <> 'media_placeholder' or t.type = m.type))
    limit 1`.execute(db)
  return rows.length > 0
}

/** Those that are here already stay as they are, but for a placeholder whose file has come. Returns what was written. */
export async function insertPast(
  db: Db,
  workspaceId: WorkspaceId,
  {
    number_id,
    contact_id,
    to_phone,
    to_user_id,
  }: Pick<EchoedMessage, 'number_id' | 'contact_id' | 'to_phone' | 'to_user_id'>,
  messages: readonly PastRow[],
): Promise<MessageId[]> {
  const { rows } = await sql<{ id: MessageId }>`
    with told as (
      select distinct on (external_id) * from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) as t(
        id text, external_id text, direction text, type text, content jsonb, context_external_id text, at timestamptz,
        sent_at timestamptz, delivered_at timestamptz, read_at timestamptz, failed_at timestamptz)
      order by external_id, (type = 'media_placeholder')
    ), known as (
      select e.message_id as id, t.external_id from told t
      join outbound_external_ids e on e.number_id = ${number_id} and e.external_id = t.external_id
      union all
      select m.id, t.external_id from told t
      join messages m on m.number_id = ${number_id} and m.inbound_external_id = t.external_id
    ), filled as (
      update messages m set type = t.type, content = t.content
      from known k join told t on t.external_id = k.external_id
      where m.workspace_id = ${workspaceId} and m.id = k.id and m.type = 'media_placeholder'
        and t.type <> 'media_placeholder'
      returning m.id
    ), written as (
      insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, external_id,
        context_external_id, at, state, to_phone, to_user_id, sent_at, delivered_at, read_at, failed_at)
      select ${workspaceId}, t.id, ${number_id}, ${contact_id}, t.direction,
        case when t.direction = 'in' then 'customer' else 'echo' end, t.type, t.content, t.external_id,
        t.context_external_id, t.at, case when t.direction = 'in' then 'received' else 'accepted' end,
        case when t.direction = 'out' then ${to_phone} end, case when t.direction = 'out' then ${to_user_id} end,
        t.sent_at, t.delivered_at, t.read_at, t.failed_at
      from told t where not exists (select from known k where k.external_id = t.external_id)
      on conflict (number_id, inbound_external_id) where inbound_external_id is not null do nothing
      returning id
    )
    select id from written union all select id from filled`.execute(db)
  return rows.map(({ id }) => id)
}

/** How a call goes on. What came before something may be told after it, and then only adds what is missing. */
const callSteps = ['connect', 'ringing', 'accepted', 'rejected', 'terminate']

/** False when nothing new is told. */
export async function mergeCall(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: string,
  { call, at }: { call: Record<string, unknown> & { event: string }; at: Date | null },
): Promise<boolean> {
  const told = JSON.stringify(call)
  const { rows } = await sql`
    update messages m set content = jsonb_set(m.content, '{call}', merged.call), at = least(m.at, ${at}::timestamptz)
    from (
      select case
        when array_position(${callSteps}::text[], content -> 'call' ->> 'event')
          >= array_position(${callSteps}::text[], ${call.event})
        then ${told}::jsonb || (content -> 'call') else (content -> 'call') || ${told}::jsonb end as call
      from messages where workspace_id = ${workspaceId} and id = ${messageId}
    ) merged
    where m.workspace_id = ${workspaceId} and m.id = ${messageId} and m.content -> 'call' is distinct from merged.call
    returning m.id`.execute(db)
  return rows.length > 0
}

/** False when it says what is known. */
export async function updatePricing(
  db: Db,
  workspaceId: WorkspaceId,
  messageId: string,
  pricing: StoredPricing,
): Promise<boolean> {
  const { rows } = await sql`
    update messages set pricing = ${JSON.stringify(pricing)}::jsonb
    where workspace_id = ${workspaceId} and id = ${messageId}
      and pricing is distinct from ${JSON.stringify(pricing)}::jsonb
    returning id`.execute(db)
  return rows.length > 0
}
