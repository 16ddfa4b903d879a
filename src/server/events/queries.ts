import { sql } from 'kysely'
import type { EventType, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface EventEntry {
  type: EventType
  at: Date
  number_id?: string
  contact_id?: string
  message_id?: string
  list_id?: string
  /** The webhook that told us, for endpoints that want the provider's own words. */
  inbound_log_id?: string | null
  /** The payload of format `normalized`, without `event`, `id`, `workspace_id` and `timestamp`. */
  data: Record<string, unknown>
}

/**
 * Writes events and returns their ids in the order given. Deliveries to endpoints are born in the same statement,
 * by the trigger `fan_out`. The common fields are put in front of the payload here, so that no writer can forget one.
 */
export async function insertEvents(
  db: Db,
  workspaceId: WorkspaceId,
  entries: readonly EventEntry[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into events (workspace_id, era, id, type, at, number_id, contact_id, message_id, list_id, inbound_log_id, data)
    select ${workspaceId}, coalesce((select max(era) from event_eras), 0), id, type, at, number_id, contact_id, message_id, list_id, inbound_log_id,
           jsonb_build_object(
             'event', type,
             'id', id,
             'workspace_id', ${workspaceId}::text,
             'timestamp', to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) || data
    from (
      select e.*, parley_id('evt') as id
      from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(
        type text, at timestamptz, number_id text, contact_id text, message_id text, list_id text,
        inbound_log_id text, data jsonb)
    ) as entry
    returning id`.execute(db)
  return rows.map((row) => row.id)
}

export interface FeedPosition {
  era: number
  xid: string
  seq: number
}

export interface FeedRow extends FeedPosition {
  id: string
  type: string
  at: Date
  data: Record<string, unknown>
}

/**
 * How far the feed can be read just now: up to the oldest transaction still open. Everything before it has been decided,
 * so a row that commits late still lies ahead of every cursor handed out. Ask before the events, not after.
 */
export async function selectHorizon(db: Db): Promise<FeedPosition> {
  const { rows } = await sql<{ era: number; xid: string }>`
    select coalesce((select max(era) from event_eras), 0) as era,
           pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db)
  const [now] = rows
  if (now === undefined) throw new Error('The database told no snapshot.')
  return { ...now, seq: 0 }
}

/**
 * Events after a position and before the horizon, in the order of their transactions. Those of an earlier era are over.
 */
export async function selectFeed(
  db: Db,
  workspaceId: WorkspaceId,
  options: {
    after: FeedPosition | null
    horizon: FeedPosition
    types: readonly string[]
    since: Date | null
    limit: number
  },
): Promise<FeedRow[]> {
  const { after, horizon, types, since, limit } = options
  const { rows } = await sql<FeedRow>`
    select era, xid::text as xid, seq, id, type, at, data
    from events
    where workspace_id = ${workspaceId}
      and (era, xid) < (${horizon.era}, ${horizon.xid}::xid8)
      ${after === null ? sql`` : sql`and (era, xid, seq) > (${after.era}, ${after.xid}::xid8, ${after.seq})`}
      ${types.length === 0 ? sql`` : sql`and type = any (${types})`}
      ${since === null ? sql`` : sql`and at >= ${since}`}
    order by era, xid, seq
    limit ${limit}`.execute(db)
  return rows
}

/** Whether events after this position were removed because of their age. */
export async function hasMissed(
  db: Db,
  workspaceId: WorkspaceId,
  { era, xid, seq }: FeedPosition,
): Promise<boolean> {
  const { rows } = await sql`
    select from feed_starts
    where workspace_id = ${workspaceId} and (era, xid, seq) > (${era}, ${xid}::xid8, ${seq})`.execute(db)
  return rows.length > 0
}

export interface AuditRow {
  id: string
  at: Date
  actor_kind: string
  actor_id: string
  actor_name: string
  action: string
  subject_id: string | null
  subject_name: string | null
  before: unknown
  after: unknown
}

export async function insertAudit(
  db: Db,
  workspaceId: WorkspaceId,
  entry: Omit<AuditRow, 'id' | 'at'>,
): Promise<void> {
  await sql`
    insert into audit_log
      (workspace_id, id, actor_kind, actor_id, actor_name, action, subject_id, subject_name, before, after)
    values (${workspaceId}, parley_id('aud'), ${entry.actor_kind}, ${entry.actor_id}, ${entry.actor_name}, ${entry.action},
      ${entry.subject_id}, ${entry.subject_name}, ${toJson(entry.before)}::jsonb, ${toJson(entry.after)}::jsonb)`.execute(
    db,
  )
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}

/** Newest first; `before` is the id of the last entry of the page before. */
export async function selectAudit(
  db: Db,
  workspaceId: WorkspaceId,
  options: { before: string | null; limit: number },
): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select id, at, actor_kind, actor_id, actor_name, action, subject_id, subject_name, before, after
    from audit_log
    where workspace_id = ${workspaceId}
      ${options.before === null ? sql`` : sql`and id < ${options.before}`}
    order by id desc
    limit ${options.limit}`.execute(db)
  return rows
}
