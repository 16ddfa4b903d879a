import { sql } from 'kysely'
import type { ConnectorId, InboundReplayId, Verdict, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { idAt } from './queries-log.ts'

export interface InboundReplayRow {
  id: InboundReplayId
  state: 'running' | 'finished' | 'cancelled'
  since: Date
  until: Date
  verdict: Verdict | null
  connector_id: ConnectorId | null
  replayed: number
  progress: number
  waiting: number
  created_at: Date
  ended_at: Date | null
}

/** Counting more would cost more than anybody learns from it. */
const waitingCountedMax = 10_000

const columns = sql`
  r.id, r.state, r.since, r.until, r.verdict, r.connector_id, r.replayed, r.created_at, r.ended_at,
  case when r.state = 'finished' then 1 else least(1, greatest(0,
    (('x' || substr(r.cursor_id, 5, 12))::bit(48)::bigint - extract(epoch from r.since) * 1000)
    / nullif(extract(epoch from least(r.until, r.created_at) - r.since) * 1000, 0)))::float8 end as progress,
  (select count(*) from (
     select from inbound_logs l
     where l.workspace_id = r.workspace_id and l.verdict in ('received', 'failed')
       and l.received_at >= r.since and l.received_at < r.until
     limit ${sql.lit(waitingCountedMax)}) due) as waiting`

/** Returns false when a replay of this workspace is under way already. */
export async function insertReplay(
  db: Db,
  workspaceId: WorkspaceId,
  replay: {
    id: string
    since: Date
    until: Date
    verdict: Verdict | null
    connector_id: string | null
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into inbound_replays (workspace_id, id, since, until, verdict, connector_id, cursor_id)
    values (${workspaceId}, ${replay.id}, ${replay.since}, ${replay.until}, ${replay.verdict}, ${replay.connector_id},
      ${idAt(replay.since, 'earlier')})
    on conflict (workspace_id) where state = 'running' do nothing`.execute(db)
  return numAffectedRows === 1n
}

export async function selectReplay(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<InboundReplayRow | null> {
  const { rows } = await sql<InboundReplayRow>`
    select ${columns} from inbound_replays r where r.workspace_id = ${workspaceId} and r.id = ${id}`.execute(
    db,
  )
  return rows[0] ?? null
}

/** Newest first; the last hundred. */
export async function selectReplays(db: Db, workspaceId: WorkspaceId): Promise<InboundReplayRow[]> {
  const { rows } = await sql<InboundReplayRow>`
    select ${columns} from inbound_replays r where r.workspace_id = ${workspaceId}
    order by r.id desc limit 100`.execute(db)
  return rows
}

/** Replays of all workspaces that are not at their end. */
export async function selectRunningReplays(
  db: Db,
): Promise<{ workspace_id: WorkspaceId; id: InboundReplayId }[]> {
  const { rows } = await sql<{ workspace_id: WorkspaceId; id: InboundReplayId }>`
    select workspace_id, id from inbound_replays where state = 'running'`.execute(db)
  return rows
}

export async function cancelReplayRow(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`
    update inbound_replays set state = 'cancelled', ended_at = now()
    where workspace_id = ${workspaceId} and id = ${id} and state = 'running'`.execute(db)
}

/** To be worked on anew, as if it had just come. What it did before stays on record until then. */
export const asReceived = sql`verdict = 'received', attempts = 0, crashes = 0, next_at = now(), error = null`

/** Runs as a worker: people only read this table. Null when its body is not kept any more. */
export async function resetLog(db: Db, workspaceId: WorkspaceId, id: string): Promise<number | null> {
  const { rows } = await sql<{ partition: number }>`
    update inbound_logs set ${asReceived}
    where workspace_id = ${workspaceId} and id = ${id} and body is not null
    returning partition`.execute(db)
  return rows[0]?.partition ?? null
}

interface Cursor {
  since: Date
  until: Date
  verdict: string | null
  connector_id: string | null
  cursor_id: string
}

/**
 * Looks at the next logs of the span and takes up those that fit. The cursor moves in the same transaction, so whoever
 * goes on after a crash takes none up twice. Returns the state it ends in; null when it was not running.
 */
export async function replayNext(
  tx: Db,
  workspaceId: WorkspaceId,
  id: string,
  stepSize: number,
): Promise<InboundReplayRow['state'] | null> {
  // Two statements: with the span as constants, the logs are read in the order of their index.
  const locked = await sql<Cursor>`
    select since, until, verdict, connector_id, cursor_id from inbound_replays
    where workspace_id = ${workspaceId} and id = ${id} and state = 'running' for update`.execute(tx)
  const [cursor] = locked.rows
  if (cursor === undefined) return null
  const { since, until, verdict, connector_id } = cursor
  const { rows } = await sql<{ state: InboundReplayRow['state'] }>`
    with looked as materialized (
      select id from inbound_logs
      where workspace_id = ${workspaceId} and id > ${cursor.cursor_id} and id < ${idAt(until, 'later')}
      order by id limit ${stepSize}
    ), reset as (
      update inbound_logs l set ${asReceived}
      from looked
      where l.id = looked.id and l.body is not null and l.verdict <> 'received'
        and l.received_at >= ${since} and l.received_at < ${until}
        ${verdict === null ? sql`` : sql`and l.verdict = ${verdict}`}
        ${connector_id === null ? sql`` : sql`and l.connector_id = ${connector_id}`}
      returning 1
    ), next as (
      select case when (select count(*) from looked) < ${stepSize} then 'finished' else 'running' end as state
    )
    update inbound_replays r
    set cursor_id = coalesce((select max(id) from looked), r.cursor_id),
        replayed = r.replayed + (select count(*) from reset),
        state = next.state,
        ended_at = case when next.state = 'running' then null else now() end
    from next
    where r.workspace_id = ${workspaceId} and r.id = ${id}
    returning r.state`.execute(tx)
  return rows[0]?.state ?? null
}
