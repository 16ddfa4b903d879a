import { sql } from 'kysely'
import type { EndpointFormat, EndpointId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

/**
 * Endpoints of all workspaces with something due, those that work before those that fail. While a breaker is open, its
 * endpoint is due when the next probe is.
 */
export async function selectDueEndpoints(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select e.id from webhook_endpoints e
    cross join lateral (
      select d.next_at from webhook_deliveries d
      where d.endpoint_id = e.id and d.state = 'pending' and d.next_at <= now()
      order by d.next_at limit 1) oldest
    where e.enabled and (e.probe_at is null or e.probe_at <= now())
    order by e.failures_in_a_row > 0, oldest.next_at`.execute(db)
  return rows.map((row) => row.id)
}

export interface SendingEndpoint {
  workspace_id: WorkspaceId
  id: EndpointId
  destination_url: string
  events: string[]
  format: EndpointFormat
  rate_per_second: number | null
  failures_in_a_row: number
  revision: number
  /** `resting`: the breaker is open and it is not yet time for a probe. */
  circuit: 'closed' | 'probing' | 'resting'
  secret_sealed: Buffer
  previous_secret_sealed: Buffer | null
}

/** Endpoints that are deleted or disabled are missing from the answer. */
export async function selectSendingEndpoints(db: Db, ids: readonly string[]): Promise<SendingEndpoint[]> {
  const { rows } = await sql<SendingEndpoint>`
    select workspace_id, id, destination_url, events, format, rate_per_second, failures_in_a_row, revision, secret_sealed,
           case when previous_secret_until > now() then previous_secret_sealed end as previous_secret_sealed,
           case when probe_at is null then 'closed' when probe_at <= now() then 'probing' else 'resting' end as circuit
    from webhook_endpoints where id = any (${[...ids]}::text[]) and enabled`.execute(db)
  return rows
}

export interface DueDelivery {
  endpoint_id: string
  workspace_id: WorkspaceId
  id: string
  event_id: string
  event_type: string
  attempts: number
  /** What is sent, to the letter; null where it must first be put into the endpoint's format. */
  body: string | null
}

export interface DueAsk {
  endpointId: string
  /** Attempted and not yet written down, so they still look due. */
  except: readonly string[]
  limit: number
}

/**
 * What is due at several endpoints. No row is locked: the lane of an endpoint has one owner, and only its owner reads
 * here. Where an order is kept, only the first of a contact's pending deliveries can be due.
 */
export async function selectDueDeliveries(db: Db, asks: readonly DueAsk[]): Promise<DueDelivery[]> {
  const asked = asks.map((ask) => ({ endpoint_id: ask.endpointId, except: ask.except, at_most: ask.limit }))
  const { rows } = await sql<DueDelivery>`
    select ask.endpoint_id, d.workspace_id, d.id, d.event_id, d.event_type, d.attempts,
           case when d.payload is not null then d.payload when e.format = 'normalized' then v.data end::text as body
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as ask(endpoint_id text, "except" text[], at_most int)
    join webhook_endpoints e on e.id = ask.endpoint_id
    cross join lateral (
      select d.* from webhook_deliveries d
      where d.endpoint_id = ask.endpoint_id and d.state = 'pending' and d.next_at <= now()
        and d.id <> all (ask.except)
        and (d.order_key is null or not exists (
          select from webhook_deliveries before
          where before.endpoint_id = d.endpoint_id and before.order_key = d.order_key
            and before.state = 'pending' and (before.seq, before.id) < (d.seq, d.id)))
      order by d.next_at, d.seq
      limit ask.at_most) d
    left join events v on v.workspace_id = d.workspace_id and v.id = d.event_id
    order by d.next_at, d.seq`.execute(db)
  return rows
}

export interface WrittenAttempt {
  workspace_id: string
  delivery_id: string
  n: number
  /** By it the log knows where the attempt went. */
  endpoint_revision: number
  /**
   * A probe uses no attempt up; the log keeps the newest. Its delivery is due again behind the others: one that the receiver
   * never takes would otherwise be every probe, and keep the endpoint at rest for good.
   */
  is_probe: boolean
  state: 'pending' | 'delivered' | 'failed'
  wait_ms: number
  http_status: number | null
  latency_ms: number
  error_kind: string | null
  error: string | null
  request_headers: Record<string, string>
  response_headers: Record<string, string>
  response_body: string | null
}

/** Writes what became of attempts and what comes next, in one statement. Writing an attempt again changes nothing. */
export async function recordAttempts(db: Db, attempts: readonly WrittenAttempt[]): Promise<void> {
  await sql`
    with result as (
      select * from jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) as r(
        workspace_id text, delivery_id text, n int, endpoint_revision int, is_probe boolean, state text, wait_ms bigint, http_status int,
        latency_ms int, error_kind text, error text, request_headers jsonb, response_headers jsonb, response_body text)
    ), kept as (
      insert into webhook_attempts
        (workspace_id, delivery_id, n, endpoint_revision, http_status, latency_ms, error_kind, error, request_headers, response_headers, response_body)
      select r.workspace_id, r.delivery_id, r.n, r.endpoint_revision, r.http_status, r.latency_ms, r.error_kind, r.error,
             r.request_headers, r.response_headers, r.response_body
      from result r
      join webhook_deliveries d on d.workspace_id = r.workspace_id and d.id = r.delivery_id
      on conflict (workspace_id, delivery_id, n) do update
      set at = excluded.at, endpoint_revision = excluded.endpoint_revision, http_status = excluded.http_status, latency_ms = excluded.latency_ms,
          error_kind = excluded.error_kind, error = excluded.error, request_headers = excluded.request_headers,
          response_headers = excluded.response_headers, response_body = excluded.response_body
    )
    update webhook_deliveries d
    set attempts = case when r.is_probe and r.state = 'pending' then d.attempts else r.n end,
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

/** Ends a delivery that can't be said in the endpoint's format; no attempt is made. */
export async function cancelDelivery(db: Db, delivery: { workspace_id: string; id: string }): Promise<void> {
  await sql`
    update webhook_deliveries
    set state = 'cancelled', ended_at = now(), last_error_kind = 'no_form',
        last_error = 'The event has no form in the format of this endpoint.'
    where workspace_id = ${delivery.workspace_id} and id = ${delivery.id} and state = 'pending'`.execute(db)
}
