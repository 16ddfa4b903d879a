import { sql } from 'kysely'
import type { MessageContent, MessageId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { MessageRow, StoredConversation, StoredPricing } from './message.ts'
import { type NamedRow, namesOf } from './queries-names.ts'

export interface StatusRow {
  message_id: MessageId
  kind: string
  /** Of a group, whom of it this is about; empty for the message as a whole. */
  recipient: string
  at: Date | null
  pricing: StoredPricing | null
  conversation: StoredConversation | null
}

/** In the order of their meaning; the provider's times are whole seconds and often equal. */
export async function selectStatuses(
  db: Db,
  workspaceId: WorkspaceId,
  messageIds: readonly string[],
): Promise<StatusRow[]> {
  const { rows } = await sql<StatusRow>`
    select message_id, kind, recipient, coalesce(at, received_at) as at, pricing, conversation from message_statuses
    where workspace_id = ${workspaceId} and message_id = any (${messageIds})
    order by array_position(array['enqueued', 'sent', 'delivered', 'read', 'played', 'failed'], kind),
      recipient <> '', coalesce(at, received_at), recipient`.execute(db)
  return rows
}

export interface QuotedRow {
  id: MessageId
  number_id: string
  external_id: string | null
  /** As whoever quotes it calls it. */
  quoted_as: string
  type: string
  content: MessageContent
}

export async function selectQuoted(
  db: Db,
  workspaceId: WorkspaceId,
  quoting: readonly MessageRow[],
): Promise<QuotedRow[]> {
  const pairs = quoting.filter((row) => row.context_external_id !== null)
  if (pairs.length === 0) return []
  const { rows } = await sql<QuotedRow>`
    select distinct on (m.id, q.external_id) m.id, m.number_id, m.external_id, q.external_id as quoted_as, m.type, m.content
    from unnest(${pairs.map((row) => row.number_id)}::text[], ${pairs.map((row) => row.context_external_id)}::text[])
      as q(number_id, external_id)
    cross join lateral (
      select e.message_id as id from outbound_external_ids e
      where e.workspace_id = ${workspaceId} and e.number_id = q.number_id and e.external_id = q.external_id
      union all
      select i.id from messages i
      where i.workspace_id = ${workspaceId} and i.number_id = q.number_id and i.inbound_external_id = q.external_id
    ) as found
    join messages m on m.workspace_id = ${workspaceId} and m.id = found.id`.execute(db)
  return rows
}

export interface ReactionRow {
  number_id: string
  target_external_id: string
  direction: 'in' | 'out'
  emoji: string
}

export async function selectReactions(
  db: Db,
  workspaceId: WorkspaceId,
  targets: readonly NamedRow[],
): Promise<ReactionRow[]> {
  if (targets.length === 0) return []
  const { rows } = await sql<ReactionRow>`
    select number_id, target_external_id, direction, emoji from (
      select distinct on (t.number_id, t.external_id, r.direction) t.number_id, t.external_id as target_external_id,
        r.direction, r.emoji, r.at
      from (${namesOf(targets)}) t
      join message_reactions r on r.workspace_id = ${workspaceId} and r.number_id = t.number_id
        and r.target_external_id = t.name
      order by t.number_id, t.external_id, r.direction, r.at desc, r.emoji = '' desc, r.emoji desc
    ) newest
    where emoji <> ''
    order by at`.execute(db)
  return rows
}

/** Names of people and API keys by their id. Only inside a workspace's transaction: the view shows no other. */
export async function selectSenderNames(
  db: Db,
  workspaceId: WorkspaceId,
  senderIds: readonly string[],
): Promise<Map<string, string>> {
  if (senderIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select person_id as id, name from member_people
    where workspace_id = ${workspaceId} and person_id = any (${senderIds})
    union all
    select id, name from api_keys where workspace_id = ${workspaceId} and id = any (${senderIds})`.execute(db)
  return new Map(rows.map((row) => [row.id, row.name]))
}
