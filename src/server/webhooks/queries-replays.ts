import { sql } from 'kysely'
import type { ReplayOutcome, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface ReplayRow {
  workspace_id: string
  id: string
  endpoint_id: string
  since: Date
  until: Date
  types: string[]
  outcome: string
  state: string
  queued: number
  progress: number
  pending: number
  delivered: number
  failed: number
  cancelled: number
  created_at: Date
  ended_at: Date | null
}

/** Events have ids that sort by the time they were written, so a span is a range of ids. None is older than 1970. */
const boundary = (at: unknown) =>
  sql`'evt_' || lpad(to_hex(greatest(0, extract(epoch from ${at}::timestamptz) * 1000)::bigint), 12, '0')`

const replayColumns = sql`
  r.workspace_id, r.id, r.endpoint_id, r.since, r.until, r.types, r.outcome, r.state, r.queued, r.created_at, r.ended_at,
  case when r.state = 'finished' then 1 else least(1, greatest(0,
    (('x' || substr(r.cursor_id, 5, 12))::bit(48)::bigint - extract(epoch from r.since) * 1000)
    / nullif(extract(epoch from r.until - r.since) * 1000, 0)))::float8 end as progress,
  d.pending, d.delivered, d.failed, d.cancelled`

const ofReplay = sql`
  cross join lateral (
    select count(*) filter (where state = 'pending') as pending, count(*) filter (where state = 'delivered') as delivered,
           count(*) filter (where state = 'failed') as failed, count(*) filter (where state = 'cancelled') as cancelled
    from webhook_deliveries d where d.workspace_id = r.workspace_id and d.replay_id = r.id) d`

/** Returns false when a replay to this endpoint is under way already. */
export async function insertReplay(
  db: Db,
  workspaceId: WorkspaceId,
  replay: {
    id: string
    endpoint_id: string
    since: Date
    until: Date
    types: readonly string[]
    outcome: ReplayOutcome
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into webhook_replays (workspace_id, id, endpoint_id, since, until, types, outcome, cursor_id)
    values (${workspaceId}, ${replay.id}, ${replay.endpoint_id}, ${replay.since}, ${replay.until},
      ${[...replay.types]}::text[], ${replay.outcome}, ${boundary(replay.since)})
    on conflict (endpoint_id) where state = 'running' do nothing`.execute(db)
  return numAffectedRows === 1n
}

export async function selectReplay(db: Db, workspaceId: WorkspaceId, id: string): Promise<ReplayRow | null> {
  const { rows } = await sql<ReplayRow>`
    select ${replayColumns} from webhook_replays r ${ofReplay}
    where r.workspace_id = ${workspaceId} and r.id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** Newest first; the last hundred. */
export async function selectReplays(
  db: Db,
  workspaceId: WorkspaceId,
  endpointId: string,
): Promise<ReplayRow[]> {
  const { rows } = await sql<ReplayRow>`
    select ${replayColumns} from webhook_replays r ${ofReplay}
    where r.workspace_id = ${workspaceId} and r.endpoint_id = ${endpointId}
    order by r.id desc limit 100`.execute(db)
  return rows
}

/** In two statements: the first waits for a batch under way, so that the second sees the deliveries that it made. */
export async function cancelReplayRow(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`
    update webhook_replays set state = 'cancelled', ended_at = now()
    where workspace_id = ${workspaceId} and id = ${id} and state = 'running'`.execute(db)
  await sql`
    update webhook_deliveries set state = 'cancelled', ended_at = now()
    where workspace_id = ${workspaceId} and replay_id = ${id} and state = 'pending'`.execute(db)
  // Its lane has some of them in hand.
  await sql`
    update webhook_endpoints e set revision = revision + 1 from webhook_replays r
    where r.workspace_id = ${workspaceId} and r.id = ${id} and e.workspace_id = r.workspace_id and e.id = r.endpoint_id`.execute(
    db,
  )
}

/** Replays of all workspaces that are not at their end. */
export async function selectRunningReplays(db: Db): Promise<{ workspace_id: string; id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    select workspace_id, id from webhook_replays where state = 'running'`.execute(db)
  return rows
}

const noneIn = (...states: string[]) =>
  sql`not exists (select from said where said.state = any (${states}::text[]))`

/** What `said`, the deliveries of an event to the endpoint so far, must be like. */
const outcomes = sql`
  case r.outcome
    when 'all' then true
    when 'delivered' then exists (select from said where said.state = 'delivered')
    when 'missed' then not exists (select from said)
    when 'failed' then exists (select from said where said.state = 'failed') and ${noneIn('delivered', 'pending')}
    else ${noneIn('delivered', 'pending')}
  end`

/** Ten minutes are enough for what was open; a replay restored into another cluster has a number of the old one. */
const mayBegin = sql`(r.xid < pg_snapshot_xmin(pg_current_snapshot()) or r.created_at < now() - interval '10 minutes')`

/**
 * Looks at the next events of the span and makes deliveries of those that fit. The cursor moves in the same statement,
 * so whoever goes on after a crash makes none twice. Returns the state it ends in: `waiting` while transactions of before
 * it are open, and null when it was not running.
 */
export async function replayNext(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  batchSize: number,
): Promise<string | null> {
  const { rows } = await sql<{ state: string }>`
    with r as (
      select r.*, e.enabled, ${mayBegin} as may_begin
      from webhook_replays r
      join webhook_endpoints e on e.workspace_id = r.workspace_id and e.id = r.endpoint_id
      where r.workspace_id = ${workspaceId} and r.id = ${id} and r.state = 'running'
      for update of r
    ), looked as materialized (
      select v.id, v as event
      from r join events v on v.workspace_id = r.workspace_id and v.id > r.cursor_id and v.id < ${boundary(sql`r.until`)}
      where r.enabled and r.may_begin
      order by v.id limit ${batchSize}
    ), queued as (
      insert into webhook_deliveries (workspace_id, id, endpoint_id, event_id, event_type, cause, seq, order_key, replay_id)
      select r.workspace_id, parley_id('whd'), e.id, l.id, (l.event).type, 'replay', (l.event).seq,
             case when e.ordered then (l.event).contact_id end, r.id
      from r
      join webhook_endpoints e on e.workspace_id = r.workspace_id and e.id = r.endpoint_id
      join looked l on (l.event).type = any (r.types)
      where concerns_number(e, l.event)
        and has_webhook_form(e, l.event)
        and (
          with said as (
            select d.state from webhook_deliveries d
            where d.workspace_id = r.workspace_id and d.endpoint_id = e.id and d.event_id = l.id and d.cause = 'event'
            union all
            select d.state from webhook_deliveries d
            where d.workspace_id = r.workspace_id and d.endpoint_id = e.id and d.event_id = l.id and d.cause = 'replay')
          select ${outcomes})
      order by l.id
      returning 1
    )
    update webhook_replays done
    set cursor_id = coalesce((select max(id) from looked), done.cursor_id),
        queued = done.queued + (select count(*) from queued),
        state = next.state,
        ended_at = case when next.state = 'running' then null else now() end
    from r cross join lateral (
      select case when not r.enabled then 'stopped'
                  when not r.may_begin then 'running'
                  when (select count(*) from looked) < ${batchSize} then 'finished'
                  else 'running' end as state) next
    where done.workspace_id = r.workspace_id and done.id = r.id
    returning case when done.state = 'running' and not r.may_begin then 'waiting' else done.state end as state`.execute(
    db,
  )
  return rows[0]?.state ?? null
}
