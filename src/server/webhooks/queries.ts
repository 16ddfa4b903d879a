import { sql } from 'kysely'
import type { EndpointId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { AttemptResult } from './delivery.ts'

export interface EndpointRow {
  workspace_id: string
  id: string
  name: string
  destination_url: string
  events: string[]
  number_id: string | null
  format: string
  enabled: boolean
  disabled_reason: string | null
  last_success_at: Date | null
  last_failure_at: Date | null
  created_at: Date
  pending_deliveries: number
}

const endpointColumns = sql`
  e.workspace_id, e.id, e.name, e.destination_url, e.events, e.number_id, e.format, e.enabled, e.disabled_reason,
  e.last_success_at, e.last_failure_at, e.created_at,
  (select count(*) from webhook_deliveries d
   where d.endpoint_id = e.id and d.workspace_id = e.workspace_id and d.state = 'pending') as pending_deliveries`

export async function selectEndpoints(db: Db, workspaceId: WorkspaceId): Promise<EndpointRow[]> {
  const { rows } = await sql<EndpointRow>`
    select ${endpointColumns} from webhook_endpoints e where e.workspace_id = ${workspaceId} order by e.id desc`.execute(
    db,
  )
  return rows
}

export async function selectEndpoint(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<EndpointRow | null> {
  const { rows } = await sql<EndpointRow>`
    select ${endpointColumns} from webhook_endpoints e where e.workspace_id = ${workspaceId} and e.id = ${id}`.execute(
    db,
  )
  return rows[0] ?? null
}

export async function insertEndpoint(
  db: Db,
  workspaceId: WorkspaceId,
  endpoint: {
    id: string
    name: string
    destination_url: string
    events: readonly string[]
    number_id: string | null
    format: string
    secret_sealed: Buffer
  },
): Promise<void> {
  await sql`
    insert into webhook_endpoints (workspace_id, id, name, destination_url, events, number_id, format, secret_sealed)
    values (${workspaceId}, ${endpoint.id}, ${endpoint.name}, ${endpoint.destination_url}, ${endpoint.events},
      ${endpoint.number_id}, ${endpoint.format}, ${endpoint.secret_sealed})`.execute(db)
}

export interface EndpointChange {
  name?: string
  destination_url?: string
  events?: string[]
  number_id?: string | null
  enabled?: boolean
  disabled_reason?: string | null
}

export async function updateEndpointRow(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  change: EndpointChange,
): Promise<void> {
  await db
    .updateTable('webhook_endpoints')
    .set({ ...change, updated_at: sql`now()` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function deleteEndpointRow(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`delete from webhook_endpoints where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

/** The secret of before goes on signing beside the new one until `previousUntil`. */
export async function rotateSecretRow(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  rotation: { secretSealed: Buffer; previousSealed: Buffer; previousHours: number },
): Promise<void> {
  await sql`
    update webhook_endpoints
    set previous_secret_sealed = ${rotation.previousSealed},
        previous_secret_until = now() + make_interval(hours => ${rotation.previousHours}),
        secret_sealed = ${rotation.secretSealed},
        updated_at = now()
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

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
      ${filter.eventType === undefined ? sql`` : sql`and d.event_type = ${filter.eventType}`}
    order by d.id desc limit ${filter.limit}`.execute(db)
  return rows
}

export interface DeliveryDetailRow extends DeliveryRow {
  destination_url: string
  payload: Record<string, unknown>
}

export async function selectDelivery(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<DeliveryDetailRow | null> {
  const { rows } = await sql<DeliveryDetailRow>`
    select ${deliveryColumns}, e.destination_url, coalesce(d.payload, v.data, '{}'::jsonb) as payload
    from webhook_deliveries d
    join webhook_endpoints e on e.workspace_id = d.workspace_id and e.id = d.endpoint_id
    left join events v on v.workspace_id = d.workspace_id and v.id = d.event_id
    where d.workspace_id = ${workspaceId} and d.id = ${id}`.execute(db)
  return rows[0] ?? null
}

export interface AttemptRow {
  n: number
  at: Date
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
    select n, at, http_status, latency_ms, error, request_headers, response_headers, response_body
    from webhook_attempts where workspace_id = ${workspaceId} and delivery_id = ${deliveryId} order by n`.execute(
    db,
  )
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
  },
): Promise<void> {
  const payload = delivery.payload === null ? null : JSON.stringify(delivery.payload)
  await sql`
    insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, event_type, cause, payload)
    values (${workspaceId}, ${delivery.id}, ${delivery.endpoint_id}, ${delivery.event_id}, ${delivery.event_type},
      ${delivery.cause}, ${payload}::jsonb)`.execute(db)
}

/** Endpoints of all workspaces with something due. */
export async function selectDueEndpoints(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select e.id from webhook_endpoints e
    where e.enabled and exists (
      select from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'pending' and d.next_at <= now())`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

export interface SendingEndpoint {
  workspace_id: WorkspaceId
  id: EndpointId
  destination_url: string
  secret_sealed: Buffer
  previous_secret_sealed: Buffer | null
}

export async function selectSendingEndpoint(db: Db, id: string): Promise<SendingEndpoint | null> {
  const { rows } = await sql<SendingEndpoint>`
    select workspace_id, id, destination_url, secret_sealed,
           case when previous_secret_until > now() then previous_secret_sealed end as previous_secret_sealed
    from webhook_endpoints where id = ${id} and enabled`.execute(db)
  return rows[0] ?? null
}

export interface DueDelivery {
  id: string
  event_id: string
  event_type: string
  attempts: number
  payload: Record<string, unknown>
}

/** No row is locked: the lane of the endpoint has one owner, and only its owner reads here. */
export async function selectDueDeliveries(
  db: Db,
  endpointId: string,
  options: { except: readonly string[]; limit: number },
): Promise<DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    select d.id, d.event_id, d.event_type, d.attempts, coalesce(d.payload, v.data) as payload
    from webhook_deliveries d
    left join events v on v.workspace_id = d.workspace_id and v.id = d.event_id
    where d.endpoint_id = ${endpointId} and d.state = 'pending' and d.next_at <= now()
      and d.id <> all (${options.except}::text[])
    order by d.next_at, d.id
    limit ${options.limit}`.execute(db)
  return rows
}

export interface RecordedAttempt {
  workspaceId: WorkspaceId
  deliveryId: string
  attempt: number
  result: AttemptResult
  requestHeaders: Record<string, string>
  state: 'pending' | 'delivered' | 'failed'
  waitMs: number
}

/** Writes what became of attempts and what comes next, in one statement. A repeat of an attempt changes nothing. */
export async function recordAttempts(db: Db, attempts: readonly RecordedAttempt[]): Promise<void> {
  const rows = attempts.map(({ result, ...attempt }) => ({
    workspace_id: attempt.workspaceId,
    delivery_id: attempt.deliveryId,
    n: attempt.attempt,
    state: attempt.state,
    wait_ms: attempt.waitMs,
    http_status: result.httpStatus,
    latency_ms: result.latencyMs,
    error_kind: result.errorKind,
    error: result.error,
    request_headers: attempt.requestHeaders,
    response_headers: result.responseHeaders,
    response_body: result.responseBody,
  }))
  await sql`
    with result as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
        workspace_id text, delivery_id text, n int, state text, wait_ms bigint, http_status int, latency_ms int,
        error_kind text, error text, request_headers jsonb, response_headers jsonb, response_body text)
    ), kept as (
      insert into webhook_attempts
        (workspace_id, delivery_id, n, http_status, latency_ms, error_kind, error, request_headers, response_headers, response_body)
      select r.workspace_id, r.delivery_id, r.n, r.http_status, r.latency_ms, r.error_kind, r.error,
             r.request_headers, r.response_headers, r.response_body
      from result r
      join webhook_deliveries d on d.workspace_id = r.workspace_id and d.id = r.delivery_id
      on conflict do nothing
    )
    update webhook_deliveries d
    set attempts = r.n,
        state = r.state,
        next_at = now() + r.wait_ms * interval '1 millisecond',
        last_http_status = r.http_status,
        last_error_kind = r.error_kind,
        last_error = r.error,
        last_latency_ms = r.latency_ms,
        ended_at = case when r.state = 'pending' then null else now() end
    from result r
    where d.workspace_id = r.workspace_id and d.id = r.delivery_id and d.state = 'pending' and d.attempts < r.n`.execute(
    db,
  )
}

export async function recordEndpointHealth(
  db: Db,
  endpoint: { workspace_id: WorkspaceId; id: string },
  seen: { succeeded: boolean; failed: boolean },
): Promise<void> {
  await sql`
    update webhook_endpoints
    set last_success_at = case when ${seen.succeeded} then now() else last_success_at end,
        last_failure_at = case when ${seen.failed} then now() else last_failure_at end,
        first_failure_at = case when ${seen.succeeded} then null else coalesce(first_failure_at, now()) end
    where workspace_id = ${endpoint.workspace_id} and id = ${endpoint.id}`.execute(db)
}

export async function disableEndpoint(
  db: Db,
  endpoint: { workspace_id: WorkspaceId; id: string },
  reason: string,
): Promise<void> {
  await sql`
    update webhook_endpoints set enabled = false, disabled_reason = ${reason}, updated_at = now()
    where workspace_id = ${endpoint.workspace_id} and id = ${endpoint.id}`.execute(db)
}
