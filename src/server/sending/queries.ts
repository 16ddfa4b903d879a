import { sql } from 'kysely'
import type { ListId, NumberId, TemplateComponent, TemplateId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { ListGate } from './set-list-gate.ts'

export async function upsertListGate(db: Db, workspaceId: WorkspaceId, gate: ListGate): Promise<void> {
  await sql`
    insert into list_gates (workspace_id, list_id, number_id, weight, sends_until)
    values (${workspaceId}, ${gate.list_id}, ${gate.number_id}, ${gate.weight}, ${gate.sends_until})
    on conflict (workspace_id, list_id) do update
    set number_id = excluded.number_id, weight = excluded.weight, sends_until = excluded.sends_until`.execute(
    db,
  )
}

/** Of these numbers, those that have something to send now. */
export async function selectDueNumbers(db: Db, numberIds: readonly string[]): Promise<string[]> {
  if (numberIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select n.id from unnest(${numberIds}::text[]) as n(id)
    where exists (
        select from send_queue q
        where q.number_id = n.id and q.list_id is null and q.priority in (0, 1) and q.next_at <= now())
      or exists (
        select from list_gates g
        join send_queue q on q.list_id = g.list_id and q.next_at <= now()
        where g.number_id = n.id and g.sends_until > now())`.execute(db)
  return rows.map((row) => row.id)
}

export interface OpenGate {
  list_id: ListId
  weight: number
}

export interface LaneOutlook {
  has_direct: boolean
  gates: OpenGate[]
  /** What customers wrote to the number within the last second. */
  inbound_per_second: number
}

/** What there may be to claim for a number. Much cheaper than a claim that finds nothing. */
export async function selectOutlook(db: Db, numberId: string): Promise<LaneOutlook> {
  const { rows } = await sql<LaneOutlook>`
    select
      exists (
        select from send_queue
        where number_id = ${numberId} and list_id is null and priority in (0, 1) and next_at <= now()) as has_direct,
      coalesce((
        select jsonb_agg(jsonb_build_object('list_id', list_id, 'weight', weight)) from list_gates
        where number_id = ${numberId} and sends_until > now()), '[]') as gates,
      -- What is told late, or from the time before the number was connected, took nothing of this second.
      (select count(*)::int from (
        select from messages
        where number_id = ${numberId} and direction = 'in' and created_at > now() - interval '1 second'
          and at > now() - interval '1 minute'
        limit 1000) as lately) as inbound_per_second`.execute(db)
  return rows[0] ?? { has_direct: false, gates: [], inbound_per_second: 0 }
}

export async function selectDatabaseTime(db: Db): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db)
  const at = rows[0]?.at
  if (at === undefined) throw new Error('The database has no time.')
  return at
}

/**
 * Intents of a lane's epoch that this process never learnt of, because the answer to the claim was lost: not one byte of
 * them was written. An attempt that ended is not among them, whatever its outcome. `before` is a time of the database at
 * which no claim was under way: should this statement run late, after its connection broke, it leaves younger claims alone.
 */
export async function requeueUnheardIntents(
  db: Db,
  lane: { key: string; epoch: number; owner: string },
  { heardOfIds, before }: { heardOfIds: readonly string[]; before: Date },
): Promise<number> {
  const { rows } = await sql`
    with unheard as (
      update messages m set state = 'queued'
      from message_attempts a
      where m.number_id = ${lane.key} and m.state in ('intent', 'unknown') and m.epoch = ${lane.epoch}
        and not (m.id = any (${heardOfIds}))
        and a.workspace_id = m.workspace_id and a.message_id = m.id and a.n = m.attempt
        and a.owner = ${lane.owner} and a.ended_at is null and a.intent_at < ${before}
      returning m.workspace_id, m.id, m.attempt
    )
    update message_attempts a set outcome = 'unsent', ended_at = clock_timestamp()
    from unheard u
    where a.workspace_id = u.workspace_id and a.message_id = u.id and a.n = u.attempt
    returning 1`.execute(db)
  return rows.length
}

export interface SendingTemplate {
  id: TemplateId
  status: string
  category: string
  parameter_format: 'POSITIONAL' | 'NAMED'
  components: TemplateComponent[]
}

export async function selectTemplate(
  db: Db,
  workspaceId: WorkspaceId,
  template: { connector_id: string; name: string; language: string },
): Promise<SendingTemplate | null> {
  const { rows } = await sql<SendingTemplate>`
    select id, status, category, parameter_format, components from templates
    where workspace_id = ${workspaceId} and connector_id = ${template.connector_id} and name = ${template.name}
      and language = ${template.language}`.execute(db)
  return rows[0] ?? null
}

export interface SendingNumber {
  id: NumberId
  connector_id: string
  is_sending: boolean
}

export async function selectNumber(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
): Promise<SendingNumber | null> {
  const { rows } = await sql<SendingNumber>`
    select n.id, n.connector_id, n.connected and c.status <> 'DISCONNECTED' as is_sending
    from numbers n
    join connectors c on c.workspace_id = n.workspace_id and c.id = n.connector_id
    where n.workspace_id = ${workspaceId} and n.id = ${numberId}`.execute(db)
  return rows[0] ?? null
}

export interface Reachability {
  has_open_window: boolean
  opted_out_all: boolean
  opted_out_marketing: boolean
}

export async function selectReachability(
  db: Db,
  workspaceId: WorkspaceId,
  thread: { number_id: string; contact_id: string },
): Promise<Reachability> {
  const { rows } = await sql<Reachability>`
    select
      exists (
        select from conversations v
        where v.workspace_id = c.workspace_id and v.number_id = ${thread.number_id} and v.contact_id = c.id
          and v.window_expires_at > now()) as has_open_window,
      c.opted_out_all_at is not null as opted_out_all,
      c.opted_out_marketing_at is not null as opted_out_marketing
    from contacts c
    where c.workspace_id = ${workspaceId} and c.id = ${thread.contact_id}`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('The contact of the message is gone.')
  return row
}
