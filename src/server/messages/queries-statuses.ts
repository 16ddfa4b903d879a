import { sql } from 'kysely'
import type {
  ContactId,
  HubId,
  ListId,
  MessageId,
  MessageStatus,
  NumberId,
  WorkspaceId,
} from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { StatusKind, StoredConversation, StoredError, StoredPricing } from './message.ts'
import type { FactOfMessage } from './record-facts.ts'

export interface NewFact {
  message_id: MessageId
  kind: StatusKind
  at: Date
  error: StoredError | null
  pricing: StoredPricing | null
  inbound_log_id: string | null
  number_id: NumberId
  number_name: string
  contact_id: ContactId
  to_phone: string | null
  external_id: string | null
  list_id: ListId | null
  hub_id: HubId | null
  /** What the message shows with all that is known of it. */
  shown: MessageStatus
}

/**
 * Facts and what follows from them in one statement. Each kind of fact sets columns of its own and the shown status is
 * derived from these, so the order in which facts come makes no difference. A status from the provider proves that the
 * message went out, whatever we believed; only a refusal we were told of stays one.
 */
export async function insertFacts(
  db: Db,
  workspaceId: WorkspaceId,
  facts: readonly FactOfMessage[],
): Promise<NewFact[]> {
  const { rows } = await sql<NewFact>`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as f(
        message_id text, kind text, at timestamptz, error jsonb, pricing jsonb, conversation jsonb, inbound_log_id text,
        external_id text, whatsapp_id text, attempt int, is_inferred boolean)
    ),
    -- In the order of ids, so that two batches with the same messages wait for each other instead of deadlocking.
    locked as (
      select id, external_id from messages
      where workspace_id = ${workspaceId} and id in (select message_id from told)
      order by id
      for no key update
    ),
    fresh as (
      insert into message_statuses (workspace_id, message_id, kind, at, error, pricing, conversation, inbound_log_id)
      select ${workspaceId}, t.message_id, t.kind, t.at, t.error, t.pricing, t.conversation, t.inbound_log_id
      from told t join locked l on l.id = t.message_id
      on conflict do nothing
      returning message_id, kind, coalesce(at, received_at) as at, error, pricing, inbound_log_id
    ),
    known_by as (
      select message_id, max(external_id) as external_id, max(whatsapp_id) as whatsapp_id, max(attempt) as attempt,
        bool_or(is_inferred) as is_inferred
      from told group by message_id
    ),
    folded as (
      select f.message_id,
        max(f.at) filter (where f.kind = 'sent') as sent_at,
        max(f.at) filter (where f.kind = 'delivered') as delivered_at,
        max(f.at) filter (where f.kind = 'read') as read_at,
        max(f.at) filter (where f.kind = 'played') as played_at,
        max(f.at) filter (where f.kind = 'failed') as failed_at,
        (array_agg(f.error) filter (where f.kind = 'failed'))[1] as error,
        (array_agg(f.pricing) filter (where f.pricing is not null))[1] as pricing,
        max(k.external_id) as external_id, max(k.whatsapp_id) as whatsapp_id, max(k.attempt) as attempt,
        bool_or(k.is_inferred) as is_inferred
      from fresh f join known_by k on k.message_id = f.message_id
      group by f.message_id
    ),
    applied as (
      update messages m
      set sent_at = coalesce(f.sent_at, m.sent_at),
          -- Read or played implies delivered, which the provider leaves out when a message is read at once.
          delivered_at = coalesce(f.delivered_at, m.delivered_at, f.read_at, f.played_at),
          read_at = coalesce(f.read_at, m.read_at, f.played_at),
          failed_at = coalesce(m.failed_at, f.failed_at),
          error = coalesce(f.error, m.error),
          error_code = coalesce(f.error ->> 'code', m.error_code),
          pricing = coalesce(m.pricing, f.pricing),
          external_id = coalesce(m.external_id, f.external_id),
          resolution = case when m.state in ('accepted', 'rejected') then m.resolution
            when f.is_inferred then 'inferred' else 'callback' end,
          state = case when m.state = 'rejected' then m.state else 'accepted' end
      from folded f join locked l on l.id = f.message_id
      where m.workspace_id = ${workspaceId} and m.id = f.message_id
      returning m.id, m.number_id, m.contact_id, m.to_phone, m.external_id, m.list_id, m.status, f.attempt,
        f.whatsapp_id, l.external_id is null and m.external_id is not null as is_named
    ),
    named as (
      insert into outbound_external_ids (workspace_id, number_id, external_id, message_id, is_alias)
      select ${workspaceId}, number_id, external_id, id, false from applied where is_named
      union all
      select ${workspaceId}, number_id, whatsapp_id, id, true from applied where whatsapp_id <> external_id
      on conflict do nothing
    ),
    attempts as (
      update message_attempts a set outcome = 'accepted', ended_at = clock_timestamp()
      from applied m
      where a.workspace_id = ${workspaceId} and a.message_id = m.id and a.n = m.attempt
        and (a.outcome is null or a.outcome = 'unknown')
    )
    select f.message_id, f.kind, f.at, f.error, f.pricing, f.inbound_log_id, a.number_id, a.contact_id, a.to_phone,
      a.external_id, a.list_id, a.status as shown, l.hub_id, coalesce(nullif(n.verified_name, ''), n.display_phone_number) as number_name
    from fresh f
    join applied a on a.id = f.message_id
    join numbers n on n.workspace_id = ${workspaceId} and n.id = a.number_id
    left join lists l on l.workspace_id = ${workspaceId} and l.id = a.list_id
    order by f.at, array_position(array['enqueued', 'sent', 'delivered', 'read', 'played', 'failed'], f.kind)`.execute(
    db,
  )
  return rows
}

export interface KnownMessage {
  id: MessageId
  external_id: string | null
}

/** By the id that sending answered, or by WhatsApp's own where that is another. */
export async function selectByExternalIds(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
  externalIds: readonly string[],
): Promise<KnownMessage[]> {
  if (externalIds.length === 0) return []
  const { rows } = await sql<KnownMessage>`
    select message_id as id, external_id from outbound_external_ids
    where workspace_id = ${workspaceId} and number_id = ${numberId} and external_id = any (${externalIds})`.execute(
    db,
  )
  return rows
}

export async function selectByIds(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
  ids: readonly string[],
): Promise<KnownMessage[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<KnownMessage>`
    select id, external_id from messages
    where workspace_id = ${workspaceId} and id = any (${ids}) and number_id = ${numberId}`.execute(db)
  return rows
}

/**
 * A status without a message and an answer that names one may pass each other unseen. Whoever records answers holds
 * this lock shared; whoever keeps an orphan takes it alone and looks again. Taken before any row is locked.
 */
export async function lockAnswers(
  db: Db,
  numberIds: readonly string[],
  mode: 'shared' | 'alone',
): Promise<void> {
  const lock = mode === 'shared' ? sql`pg_advisory_xact_lock_shared` : sql`pg_advisory_xact_lock`
  await sql`
    select ${lock}(hashtextextended('answers of ' || n, 0))
    from (select distinct n from unnest(${numberIds}::text[]) as n order by n) as numbers`.execute(db)
}

export interface OrphanRow {
  workspace_id: WorkspaceId
  number_id: NumberId
  external_id: string
  kind: StatusKind
  fact: {
    at: string | null
    error: StoredError | null
    pricing: StoredPricing | null
    conversation?: StoredConversation | null
    whatsapp_id?: string | null
    member?: string
  }
  inbound_log_id: string | null
}

export async function insertOrphans(
  db: Db,
  workspaceId: WorkspaceId,
  orphans: readonly (Omit<OrphanRow, 'workspace_id'> & { recipient: string })[],
): Promise<void> {
  await sql`
    insert into orphan_statuses (workspace_id, number_id, external_id, kind, recipient, fact, inbound_log_id)
    select ${workspaceId}, o.number_id, o.external_id, o.kind, o.recipient, o.fact, o.inbound_log_id
    from jsonb_to_recordset(${JSON.stringify(orphans)}::jsonb)
      as o(number_id text, external_id text, kind text, recipient text, fact jsonb, inbound_log_id text)
    on conflict do nothing`.execute(db)
}

export async function takeOrphans(
  db: Db,
  answered: readonly { workspace_id: string; number_id: string; external_id: string }[],
): Promise<OrphanRow[]> {
  const { rows } = await sql<OrphanRow>`
    delete from orphan_statuses o
    using unnest(${answered.map((a) => a.workspace_id)}::text[], ${answered.map((a) => a.number_id)}::text[],
      ${answered.map((a) => a.external_id)}::text[]) as a(workspace_id, number_id, external_id)
    where o.workspace_id = a.workspace_id and o.number_id = a.number_id and o.external_id = a.external_id
    returning o.workspace_id, o.number_id, o.external_id, o.kind, o.fact, o.inbound_log_id`.execute(db)
  return rows
}
