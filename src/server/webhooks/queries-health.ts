import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { breaker } from './breaker.ts'

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
  /** The longest pause that it asked for. */
  retry_after_ms: number
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
  /** For how long there were failures only, in steps: 0, 1 or 3 days. */
  daysFailing: number
  daysFailed: number
  revision: number
}

/**
 * Counts attempts for the endpoints and draws the consequences, all on the database's clock: the breaker opens, stays
 * open for the next probe, or closes at a success; an endpoint that only failed for days is disabled.
 */
export async function recordHealth(db: Db, tallies: readonly EndpointTally[]): Promise<EndpointHealth[]> {
  const { rows } = await sql<EndpointHealth>`
    with tally as (
      select * from jsonb_to_recordset(${JSON.stringify(tallies)}::jsonb)
        as t(workspace_id text, endpoint_id text, succeeded int, failed int, gone text, last_error_kind text, last_error text,
          retry_after_ms bigint)
    ), counted as (
      select e.workspace_id, e.id, t.gone, t.succeeded, t.failed, e.probe_at is not null as is_open, e.enabled as was_enabled, now_in.is_new,
             t.last_error_kind, t.last_error, t.retry_after_ms, now_in.today, e.day = now_in.today as is_today,
             e.day = now_in.today - 1 as is_tomorrow,
             t.succeeded + t.failed + case when now_in.is_new then 0 else e.window_attempts end as attempts,
             t.failed + case when now_in.is_new then 0 else e.window_failures end as failures,
             case when t.succeeded > 0 then null else coalesce(e.first_failure_at, now()) end as failing_since,
             case when t.succeeded > 0 then 0 else e.failures_in_a_row + t.failed end as in_a_row,
             ${stepOf(sql`e.last_failure_at - e.first_failure_at`)} as days_failed
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
        probe_at = case when j.stays_open
          then now() + greatest(${breaker.probeEverySeconds} * 1000, j.retry_after_ms) * interval '1 millisecond' end,
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
    returning e.workspace_id, e.id, e.enabled, e.revision, e.probe_at is not null as "isResting",
      coalesce(nullif(e.name, ''), e.destination_url) as name, j.was_enabled as "wasEnabled", j.is_open as "wasResting",
      ${stepOf(sql`now() - j.failing_since`)} as "daysFailing", j.days_failed as "daysFailed"`.execute(db)
  return rows
}

const stepOf = (span: ReturnType<typeof sql>) =>
  sql`case when ${span} >= interval '3 days' then 3 when ${span} >= interval '1 day' then 1 else 0 end`

const today = sql`(now() at time zone 'utc')::date`

const disabledForFailing = `Every attempt of the last ${breaker.disableAfterDays} days failed. Mend the receiver, enable the endpoint, then replay what it missed.`
