import { sql } from 'kysely'
import type { EndpointFormat, EventType, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface EndpointRow {
  workspace_id: string
  id: string
  name: string
  destination_url: string
  events: EventType[]
  number_id: string | null
  format: EndpointFormat
  enabled: boolean
  disabled_reason: string | null
  rate_per_second: number | null
  ordered: boolean
  disabled_at: Date | null
  first_failure_at: Date | null
  probe_at: Date | null
  secret_sealed: Buffer
  /** null when it signs no longer. */
  previous_secret_until: Date | null
  last_error_kind: string | null
  last_error: string | null
  recent_attempts: number
  recent_failures: number
  overtaken_by: string[]
  last_success_at: Date | null
  last_failure_at: Date | null
  created_at: Date
  pending_deliveries: number
}

/** A count of today and yesterday, as `recordHealth` keeps it; a day on which nothing was sent has not moved it on. */
const recent = (what: 'attempts' | 'failures') => {
  const [day, before] = [sql.ref(`e.day_${what}`), sql.ref(`e.day_before_${what}`)]
  return sql`
    case (now() at time zone 'utc')::date - e.day when 0 then ${day} + ${before} when 1 then ${day} else 0 end`
}

const deliveryEvents = sql`'{message.sent,message.delivered,message.read,message.failed,message.status_updated}'::text[]`

/** Endpoints in format gupshup, one saved after the other, that both want the delivery events of some connector. */
const isOvertaken = ({ by, it }: { by: string; it: string }) => {
  const [later, earlier] = [sql.table(by), sql.table(it)]
  return sql`
    ${later}.workspace_id = ${earlier}.workspace_id and ${later}.id <> ${earlier}.id
    and ${later}.format = 'gupshup' and ${later}.enabled and ${later}.events && ${deliveryEvents}
    and ${earlier}.format = 'gupshup' and ${earlier}.enabled and ${earlier}.events && ${deliveryEvents}
    and (${later}.saved_at, ${later}.id) > (${earlier}.saved_at, ${earlier}.id)
    and (${later}.number_id is null or ${earlier}.number_id is null or exists (
      select from numbers ours
      join numbers theirs on theirs.workspace_id = ours.workspace_id and theirs.connector_id = ours.connector_id
      where ours.workspace_id = ${later}.workspace_id and ours.id = ${later}.number_id
        and theirs.id = ${earlier}.number_id))`
}

const endpointColumns = sql`
  e.workspace_id, e.id, e.name, e.destination_url, e.events, e.number_id, e.format, e.enabled, e.disabled_reason,
  e.disabled_at, e.rate_per_second, e.ordered, e.first_failure_at, e.probe_at, e.secret_sealed,
  case when e.previous_secret_until > now() then e.previous_secret_until end as previous_secret_until,
  e.last_success_at, e.last_failure_at, e.last_error_kind, e.last_error, e.created_at,
  ${recent('attempts')} as recent_attempts, ${recent('failures')} as recent_failures,
  array(select later.name from webhook_endpoints later where ${isOvertaken({ by: 'later', it: 'e' })}
        order by later.name) as overtaken_by,
  (select count(*) from webhook_deliveries d
   where d.endpoint_id = e.id and d.workspace_id = e.workspace_id and d.state = 'pending') as pending_deliveries`

export async function selectEndpoints(db: Db, workspaceId: WorkspaceId): Promise<EndpointRow[]> {
  const { rows } = await sql<EndpointRow>`
    select ${endpointColumns} from webhook_endpoints e where e.workspace_id = ${workspaceId} order by e.id desc`.execute(
    db,
  )
  return rows
}

export async function countEndpoints(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from webhook_endpoints where workspace_id = ${workspaceId}`.execute(db)
  return rows[0]?.count ?? 0
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

export async function hasNumber(db: Db, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const { rows } = await sql`select from numbers where workspace_id = ${workspaceId} and id = ${id}`.execute(
    db,
  )
  return rows.length > 0
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
    rate_per_second: number | null
    ordered: boolean
    secret_sealed: Buffer
  },
): Promise<void> {
  await sql`
    insert into webhook_endpoints
      (workspace_id, id, name, destination_url, events, number_id, format, rate_per_second, ordered, secret_sealed)
    values (${workspaceId}, ${endpoint.id}, ${endpoint.name}, ${endpoint.destination_url}, ${endpoint.events},
      ${endpoint.number_id}, ${endpoint.format}, ${endpoint.rate_per_second}, ${endpoint.ordered},
      ${endpoint.secret_sealed})`.execute(db)
}

export interface EndpointChange {
  name?: string
  destination_url?: string
  events?: string[]
  number_id?: string | null
  enabled?: boolean
  rate_per_second?: number | null
  ordered?: boolean
}

export async function updateEndpointRow(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  change: EndpointChange,
): Promise<void> {
  await db
    .updateTable('webhook_endpoints')
    .set({
      ...change,
      ...(change.enabled === false ? { disabled_at: sql`now()` } : {}),
      updated_at: sql`now()`,
      revision: sql`revision + 1`,
      saved_at: sql`clock_timestamp()`,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Enabled by hand, an endpoint begins anew: what it did before is not held against it. */
export async function clearFailures(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`
    update webhook_endpoints
    set disabled_reason = null, disabled_at = null, first_failure_at = null, failures_in_a_row = 0, window_at = null, probe_at = null
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

/** Somebody wants to know: a resting endpoint is not tried only when its next probe is due. */
export async function probeNow(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`
    update webhook_endpoints set probe_at = now()
    where workspace_id = ${workspaceId} and id = ${id} and probe_at > now()`.execute(db)
}

/** What waits for a later attempt is due now. */
export async function bringForward(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`
    update webhook_deliveries set next_at = now()
    where workspace_id = ${workspaceId} and endpoint_id = ${id} and state = 'pending' and next_at > now()`.execute(
    db,
  )
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
        updated_at = now(), revision = revision + 1
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

/** From now on only the secret of today signs. */
export async function dropPreviousSecretRow(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`
    update webhook_endpoints set previous_secret_sealed = null, previous_secret_until = null, updated_at = now(), revision = revision + 1
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
}

/** Names of enabled endpoints in format gupshup whose delivery events this one takes over, at least for one connector. */
export async function selectOvertaken(db: Db, workspaceId: WorkspaceId, id: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select other.name
    from webhook_endpoints saved
    join webhook_endpoints other on ${isOvertaken({ by: 'saved', it: 'other' })}
    where saved.workspace_id = ${workspaceId} and saved.id = ${id}
    order by other.name`.execute(db)
  return rows.map((row) => row.name)
}
