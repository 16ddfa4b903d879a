import { sql } from 'kysely'
import type { EndpointFormat, EndpointId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { breaker } from './breaker.ts'

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
  /** `resting`: the breaker is open and it is not yet time for a probe. */
  circuit: 'closed' | 'probing' | 'resting'
  secret_sealed: Buffer
  previous_secret_sealed: Buffer | null
}

/** Endpoints that are deleted or disabled are missing from the answer. */
export async function selectSendingEndpoints(db: Db, ids: readonly string[]): Promise<SendingEndpoint[]> {
  const { rows } = await sql<SendingEndpoint>`
    select workspace_id, id, destination_url, events, format, rate_per_second, failures_in_a_row, secret_sealed,
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
  /** A probe leaves the delivery as it was: due, and with no attempt used up. The log keeps the newest probe. */
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
        workspace_id text, delivery_id text, n int, is_probe boolean, state text, wait_ms bigint, http_status int,
        latency_ms int, error_kind text, error text, request_headers jsonb, response_headers jsonb, response_body text)
    ), kept as (
      insert into webhook_attempts
        (workspace_id, delivery_id, n, http_status, latency_ms, error_kind, error, request_headers, response_headers, response_body)
      select r.workspace_id, r.delivery_id, r.n, r.http_status, r.latency_ms, r.error_kind, r.error,
             r.request_headers, r.response_headers, r.response_body
      from result r
      join webhook_deliveries d on d.workspace_id = r.workspace_id and d.id = r.delivery_id
      on conflict (workspace_id, delivery_id, n) do update
      set at = excluded.at, http_status = excluded.http_status, latency_ms = excluded.latency_ms,
          error_kind = excluded.error_kind, error = excluded.error, request_headers = excluded.request_headers,
          response_headers = excluded.response_headers, response_body = excluded.response_body
    )
    update webhook_deliveries d
    set attempts = case when r.is_probe and r.state = 'pending' then d.attempts else r.n end,
        state = r.state,
        next_at = case when r.is_probe then d.next_at else now() + r.wait_ms * interval '1 millisecond' end,
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

/** How the attempts of one endpoint in a batch went. */
export interface EndpointTally {
  workspace_id: string
  endpoint_id: string
  succeeded: number
  failed: number
  /** It answered 410: what it says about itself, in a sentence. */
  gone: string | null
  /** The newest failure; null when none failed. */
  last_error_kind: string | null
  last_error: string | null
}

export interface EndpointHealth {
  workspace_id: WorkspaceId
  id: string
  enabled: boolean
  isResting: boolean
  /** Its name, or its address. */
  name: string
  wasEnabled: boolean
  wasResting: boolean
}

/**
 * Counts attempts for the endpoints and draws the consequences, all on the database's clock: the breaker opens, stays
 * open for the next probe, or closes at a success; an endpoint that only failed for days is disabled.
 */
export async function recordHealth(db: Db, tallies: readonly EndpointTally[]): Promise<EndpointHealth[]> {
  const { rows } = await sql<EndpointHealth>`
    with tally as (
      select * from jsonb_to_recordset(${JSON.stringify(tallies)}::jsonb)
        as t(workspace_id text, endpoint_id text, succeeded int, failed int, gone text, last_error_kind text, last_error text)
    ), counted as (
      select e.workspace_id, e.id, t.gone, t.succeeded, t.failed, e.probe_at is not null as is_open, e.enabled as was_enabled, now_in.is_new,
             t.last_error_kind, t.last_error, now_in.today, e.day = now_in.today as is_today,
             e.day = now_in.today - 1 as is_tomorrow,
             t.succeeded + t.failed + case when now_in.is_new then 0 else e.window_attempts end as attempts,
             t.failed + case when now_in.is_new then 0 else e.window_failures end as failures,
             case when t.succeeded > 0 then null else coalesce(e.first_failure_at, now()) end as failing_since,
             case when t.succeeded > 0 then 0 else e.failures_in_a_row + t.failed end as in_a_row
      from tally t
      join webhook_endpoints e on e.workspace_id = t.workspace_id and e.id = t.endpoint_id
      cross join lateral (
        select coalesce(e.window_at < now() - ${breaker.windowSeconds} * interval '1 second', true)
          or (e.probe_at is not null and t.succeeded > 0) as is_new, ${today} as today) now_in
      order by e.id
      for update of e
    ), judged as (
      select *,
        case when succeeded > 0 and is_open then false
             else is_open or (attempts >= ${breaker.attemptsMin} and failures >= attempts * ${breaker.failureShare}::float8)
        end as stays_open,
        coalesce(gone, case
          when failing_since <= now() - ${breaker.disableAfterDays} * interval '1 day' and in_a_row >= ${breaker.disableAttemptsMin}
          then ${disabledForFailing} end) as reason
      from counted
    )
    update webhook_endpoints e
    set last_success_at = case when j.succeeded > 0 then now() else e.last_success_at end,
        last_failure_at = case when j.failed > 0 then now() else e.last_failure_at end,
        first_failure_at = j.failing_since,
        failures_in_a_row = j.in_a_row,
        window_at = case when j.is_new then now() else e.window_at end,
        window_attempts = j.attempts,
        window_failures = j.failures,
        probe_at = case when j.stays_open then now() + ${breaker.probeEverySeconds} * interval '1 second' end,
        enabled = e.enabled and j.reason is null,
        disabled_reason = coalesce(e.disabled_reason, j.reason),
        disabled_at = case when j.reason is null then e.disabled_at else coalesce(e.disabled_at, now()) end,
        last_error_kind = coalesce(j.last_error_kind, e.last_error_kind),
        last_error = coalesce(j.last_error, e.last_error),
        day = j.today,
        day_attempts = j.succeeded + j.failed + case when j.is_today then e.day_attempts else 0 end,
        day_failures = j.failed + case when j.is_today then e.day_failures else 0 end,
        day_before_attempts =
          case when j.is_today then e.day_before_attempts when j.is_tomorrow then e.day_attempts else 0 end,
        day_before_failures =
          case when j.is_today then e.day_before_failures when j.is_tomorrow then e.day_failures else 0 end
    from judged j
    where e.workspace_id = j.workspace_id and e.id = j.id
    returning e.workspace_id, e.id, e.enabled, e.probe_at is not null as "isResting",
      coalesce(nullif(e.name, ''), e.destination_url) as name, j.was_enabled as "wasEnabled", j.is_open as "wasResting"`.execute(
    db,
  )
  return rows
}

const today = sql`(now() at time zone 'utc')::date`

const disabledForFailing = `Every attempt of the last ${breaker.disableAfterDays} days failed. Mend the receiver, enable the endpoint, then replay what it missed.`
