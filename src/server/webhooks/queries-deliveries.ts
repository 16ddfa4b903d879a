import { sql } from 'kysely'
import type { EndpointFormat, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface DeliveryRow {
  id: string
  endpoint_id: string
  event_id: string
  event_type: string
  cause: string
  state: string
  attempts: number
  next_at: Date
  last_http_status: number | null
  last_error_kind: string | null
  last_error: string | null
  last_latency_ms: number | null
  created_at: Date
  ended_at: Date | null
}

const deliveryColumns = sql`
  d.id, d.endpoint_id, d.event_id, d.event_type, d.cause, d.state, d.attempts, d.next_at, d.last_http_status,
  d.last_error_kind, d.last_error, d.last_latency_ms, d.created_at, d.ended_at`

/** Newest first; `before` is the id of the last delivery of the page before. */
export async function selectDeliveries(
  db: Db,
  workspaceId: WorkspaceId,
  filter: { before: string | null; limit: number; endpointId?: string; state?: string; eventType?: string },
): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select ${deliveryColumns} from webhook_deliveries d
    where d.workspace_id = ${workspaceId}
      ${filter.before === null ? sql`` : sql`and d.id < ${filter.before}`}
      ${filter.endpointId === undefined ? sql`` : sql`and d.endpoint_id = ${filter.endpointId}`}
      ${filter.state === undefined ? sql`` : sql`and d.state = ${filter.state}`}
      ${filter.state === 'pending' && filter.endpointId === undefined ? amongThoseDue(workspaceId) : sql``}
      ${filter.eventType === undefined ? sql`` : sql`and d.event_type = ${filter.eventType}`}
    order by d.id desc limit ${filter.limit}`.execute(db)
  return rows
}

/**
 * Leads to the index of what is due, by endpoint: the few that wait among a million that arrived would otherwise be found by
 * reading them all (95 ms against 0.1 ms).
 */
function amongThoseDue(workspaceId: WorkspaceId) {
  return sql`and d.endpoint_id in (select e.id from webhook_endpoints e where e.workspace_id = ${workspaceId})`
}

export interface DeliveryDetailRow extends DeliveryRow {
  workspace_id: string
  destination_url: string
  format: EndpointFormat
  /** What a test sends; null means the event, in the endpoint's format. */
  payload: Record<string, unknown> | null
  /** To the letter; null where it is put into the endpoint's format when it is sent. */
  body: string | null
  seq: number
}

export async function selectDelivery(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<DeliveryDetailRow | null> {
  const { rows } = await sql<DeliveryDetailRow>`
    select ${deliveryColumns}, d.workspace_id, d.payload, d.seq, e.destination_url, e.format,
           case when d.payload is not null then d.payload when e.format = 'normalized' then v.data end::text as body
    from webhook_deliveries d
    join webhook_endpoints e on e.workspace_id = d.workspace_id and e.id = d.endpoint_id
    left join events v on v.workspace_id = d.workspace_id and v.id = d.event_id
    where d.workspace_id = ${workspaceId} and d.id = ${id}`.execute(db)
  return rows[0] ?? null
}

export interface AttemptRow {
  n: number
  at: Date
  /** Null when that is not known any more. */
  destination_url: string | null
  http_status: number | null
  latency_ms: number | null
  error: string | null
  request_headers: Record<string, string> | null
  response_headers: Record<string, string> | null
  response_body: string | null
}

export async function selectAttempts(
  db: Db,
  workspaceId: WorkspaceId,
  deliveryId: string,
): Promise<AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    select a.n, a.at, a.http_status, a.latency_ms, a.error, a.request_headers, a.response_headers, a.response_body,
           went.destination_url
    from webhook_attempts a
    join webhook_deliveries d on d.workspace_id = a.workspace_id and d.id = a.delivery_id
    left join lateral (
      select w.destination_url from webhook_addresses w
      where w.workspace_id = d.workspace_id and w.endpoint_id = d.endpoint_id and w.revision <= a.endpoint_revision
      order by w.revision desc limit 1) went on true
    where a.workspace_id = ${workspaceId} and a.delivery_id = ${deliveryId}
    order by a.n`.execute(db)
  return rows
}

/** A delivery asked for by hand: a row of its own, so that it never replaces a retry that is still to come. */
export async function insertDelivery(
  db: Db,
  workspaceId: WorkspaceId,
  delivery: {
    id: string
    endpoint_id: string
    event_id: string
    event_type: string
    cause: 'replay' | 'test'
    payload: Record<string, unknown> | null
    seq: number
  },
): Promise<void> {
  const payload = delivery.payload === null ? null : JSON.stringify(delivery.payload)
  await sql`
    insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, event_type, cause, payload, seq)
    values (${workspaceId}, ${delivery.id}, ${delivery.endpoint_id}, ${delivery.event_id}, ${delivery.event_type},
      ${delivery.cause}, ${payload}::jsonb, ${delivery.seq})`.execute(db)
}
