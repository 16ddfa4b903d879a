import { sql } from 'kysely'
import type { ListState, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'
import type { ListRow } from './list.ts'

const listColumns = sql`
  l.id, l.workspace_id, l.hub_id, l.number_id, l.name, l.state, l.version, l.file_name, l.file_key, l.columns, l.match,
  l.suggested_match, l.checked_match, l.template_id, l.starts_at, l.import_progress, l.rows_read, l.rows_refused,
  l.expanded_to, l.expanded_at, l.import_error, l.pause_reason, l.waits_reason, l.waits_until, l.rate_per_second,
  l.rate_at, l.weight, l.created_at, l.started_at, l.finished_at, l.auto_resume, l.pause_until, l.resumed_despite,
  h.name as hub_name, h.campaign_id, h.enabled as hub_enabled, h.deleted_at is not null as hub_deleted, h.schedule as hub_schedule,
  h.template_id as hub_template_id,
  c.schedule as campaign_schedule, c.exceptions as campaign_exceptions, c.time_zone,
  (select t.status from templates t
   where t.workspace_id = l.workspace_id and t.id = coalesce(l.template_id, h.template_id)) as template_status,
  d.reason as stop_reason, d.until as stop_until,
  n.verified_name as number_name, n.connected as number_connected, n.quality_rating, a.kind as restriction,
  a.until as restricted_until,
  case when l.state = 'running' then portfolio_frees_at(portfolio_of(l.workspace_id, l.number_id)) end as daily_limit_frees_at,
  least(n.pace_limit_per_second, n.pace_override_per_second) as pace_per_second`

const listTables = sql`
  lists l
  join hubs h on h.workspace_id = l.workspace_id and h.id = l.hub_id
  join campaigns c on c.workspace_id = l.workspace_id and c.id = h.campaign_id
  join numbers n on n.workspace_id = l.workspace_id and n.id = l.number_id
  left join slow_downs d on d.workspace_id = n.workspace_id and d.number_id = n.id and stop_stands(d)
  left join lateral (
    select r.kind, r.until from account_restrictions r
    where r.workspace_id = n.workspace_id and r.connector_id = n.connector_id and (r.until is null or r.until > now())
    order by r.kind limit 1
  ) as a on true`

export async function selectList(db: Db, workspaceId: WorkspaceId, listId: string): Promise<ListRow | null> {
  const { rows } = await sql<ListRow>`
    select ${listColumns} from ${listTables}
    where l.workspace_id = ${workspaceId} and l.id = ${listId}`.execute(db)
  return rows[0] ?? null
}

/** Whoever holds this lock is the only one to change the list's state, its rows or what was made of them. */
export async function lockList(db: Db, workspaceId: WorkspaceId, listId: string): Promise<ListRow | null> {
  const { rows } = await sql<ListRow>`
    select ${listColumns} from ${listTables}
    where l.workspace_id = ${workspaceId} and l.id = ${listId}
    for no key update of l`.execute(db)
  return rows[0] ?? null
}

export interface ListFilter {
  hub_id?: string | undefined
  state?: ListState | undefined
  /** Part of the name. */
  search?: string | undefined
}

/** Newest first, one more than `limit`. */
export async function selectLists(
  db: Db,
  workspaceId: WorkspaceId,
  { before, limit, hub_id, state, search }: { before: string | null; limit: number } & ListFilter,
): Promise<ListRow[]> {
  const wanted = [
    sql`l.workspace_id = ${workspaceId}`,
    ...(before ? [sql`l.id < ${before}`] : []),
    ...(hub_id ? [sql`l.hub_id = ${hub_id}`] : []),
    ...(state ? [sql`l.state = ${state}`] : []),
    ...(search ? [sql`strpos(lower(l.name), lower(${search})) > 0`] : []),
  ]
  const { rows } = await sql<ListRow>`
    select ${listColumns} from ${listTables}
    where ${sql.join(wanted, sql` and `)}
    order by l.id desc
    limit ${limit + 1}`.execute(db)
  return rows
}

/** All lists that run, those of all workspaces: they are few, and an index holds just them. */
export async function selectRunningLists(db: Db): Promise<ListRow[]> {
  const { rows } = await sql<ListRow>`
    select ${listColumns} from ${listTables} where l.state = 'running' order by l.id`.execute(db)
  return rows
}

/** Lists that the governor paused and may resume by itself. */
export async function selectResumableLists(db: Db, reasons: readonly string[]): Promise<ListRow[]> {
  const { rows } = await sql<ListRow>`
    select ${listColumns} from ${listTables}
    where l.state = 'paused' and l.auto_resume and l.pause_reason = any (${[...reasons]}::text[])
    order by l.id`.execute(db)
  return rows
}

/** Finished lists with something queued again: a person sent anew what may not have gone. */
export async function selectUnfinishedLists(db: Db): Promise<Pick<ListRow, 'workspace_id' | 'id'>[]> {
  const { rows } = await sql<Pick<ListRow, 'workspace_id' | 'id'>>`
    select l.workspace_id, l.id
    from list_counts c
    join lists l on l.workspace_id = c.workspace_id and l.id = c.list_id
    where c.bucket = 'waiting' and c.n > 0 and l.state = 'finished'`.execute(db)
  return rows
}

/** Cancelled lists that have queued messages left: their cancelling was too much for one request, or was cut short. */
export async function selectUncancelledLists(db: Db): Promise<Pick<ListRow, 'workspace_id' | 'id'>[]> {
  const { rows } = await sql<Pick<ListRow, 'workspace_id' | 'id'>>`
    select l.workspace_id, l.id
    from list_counts c
    join lists l on l.workspace_id = c.workspace_id and l.id = c.list_id
    where c.bucket = 'waiting' and c.n > 0 and l.state = 'cancelled'`.execute(db)
  return rows
}

export async function insertList(
  db: Db,
  workspaceId: WorkspaceId,
  list: Pick<ListRow, 'id' | 'hub_id' | 'number_id' | 'name' | 'file_name' | 'file_key'> & {
    created_by: string
  },
): Promise<void> {
  await sql`
    insert into lists (workspace_id, id, hub_id, number_id, name, state, file_name, file_key, created_by)
    values (${workspaceId}, ${list.id}, ${list.hub_id}, ${list.number_id}, ${list.name}, 'importing', ${list.file_name},
      ${list.file_key}, ${list.created_by})`.execute(db)
}

export async function deleteListRow(db: Db, workspaceId: WorkspaceId, listId: string): Promise<void> {
  await sql`delete from lists where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
}

export interface StateChange {
  state: ListState
  pauseReason?: string | null
  /** When the cause of the pause ends, if that is known. */
  pauseUntil?: Date | null
  /** The cause in spite of which a person resumes. */
  despite?: string | null
  /** Set where the change makes the list run for the first time. */
  started?: boolean
  ended?: boolean
}

/** The list must be locked. What the list waits for is worked out anew by the worker. */
export async function updateState(
  db: Db,
  workspaceId: WorkspaceId,
  listId: string,
  change: StateChange,
): Promise<void> {
  await sql`
    update lists
    set state = ${change.state}, version = version + 1, pause_reason = ${change.pauseReason ?? null},
        pause_until = ${change.pauseUntil ?? null}, resumed_despite = ${change.despite ?? null},
        started_at = ${change.started ? sql`coalesce(started_at, now())` : sql`started_at`},
        finished_at = ${change.ended ? sql`now()` : null},
        waits_reason = null, waits_until = null
    where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
}

/** What an owner may change of a list at any time. */
export async function updateSettings(
  db: Db,
  workspaceId: WorkspaceId,
  listId: string,
  { auto_resume, weight }: { auto_resume?: boolean | undefined; weight?: number | undefined },
): Promise<void> {
  await sql`
    update lists
    set auto_resume = coalesce(${auto_resume ?? null}, auto_resume), weight = coalesce(${weight ?? null}, weight)
    where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
  await sql`
    update list_gates set weight = coalesce(${weight ?? null}, weight)
    where workspace_id = ${workspaceId} and list_id = ${listId}`.execute(db)
}

/** The cause has ended: should it come again, it stops the list again. */
export async function forgetDespite(db: Db, workspaceId: WorkspaceId, listId: string): Promise<void> {
  await sql`
    update lists set resumed_despite = null where workspace_id = ${workspaceId} and id = ${listId}`.execute(
    db,
  )
}

export async function updateWait(
  db: Db,
  workspaceId: WorkspaceId,
  listId: string,
  wait: { reason: string; until: Date | null } | null,
): Promise<void> {
  await sql`
    update lists set waits_reason = ${wait?.reason ?? null}, waits_until = ${wait?.until ?? null}
    where workspace_id = ${workspaceId} and id = ${listId} and state = 'running'`.execute(db)
}

export async function updateRefused(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, more }: { listId: string; more: number },
): Promise<void> {
  await sql`
    update lists set rows_refused = rows_refused + ${more}
    where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
}
