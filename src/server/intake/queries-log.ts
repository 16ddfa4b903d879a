import { sql } from 'kysely'
import type { ConnectorId, InboundFact, InboundLogId, Verdict, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface InboundLogRow {
  id: InboundLogId
  connector_id: ConnectorId | null
  source: 'meta' | 'gupshup'
  received_at: Date
  verdict: Verdict
  error: string | null
  attempts: number
  processed_at: Date | null
  body_bytes: number
  facts: InboundFact[]
}
export interface InboundLogDetailRow extends InboundLogRow {
  body: Buffer | null
  headers: Record<string, string>
}

const columns = sql`id, connector_id, source, received_at, verdict, error, attempts, processed_at, body_bytes, facts`

/** Newest first; `before` is the id of the last one of the page before. */
export async function selectLogs(
  db: Db,
  workspaceId: WorkspaceId,
  filter: {
    verdict: Verdict | null
    connector_id: string | null
    term: string | null
    before: string | null
    limit: number
  },
): Promise<InboundLogRow[]> {
  const { verdict, connector_id, term, before, limit } = filter
  const { rows } = await sql<InboundLogRow>`
    select ${columns} from inbound_logs
    where workspace_id = ${workspaceId}
      ${verdict === null ? sql`` : sql`and verdict = ${verdict}`}
      ${connector_id === null ? sql`` : sql`and connector_id = ${connector_id}`}
      ${term === null ? sql`` : sql`and terms @> array[${term}]`}
      ${before === null ? sql`` : sql`and id < ${before}`}
    order by id desc
    limit ${limit}`.execute(db)
  return rows
}

export async function selectLog(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<InboundLogDetailRow | undefined> {
  const { rows } = await sql<InboundLogDetailRow>`
    select ${columns}, body, headers from inbound_logs
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db)
  return rows[0]
}

/** To be worked on anew, as if it had just come. What it did before stays on record until then. */
const asReceived = sql`verdict = 'received', attempts = 0, crashes = 0, next_at = now(), error = null`

/** Runs as a worker: people only read this table. Null when there is nothing (more) to replay. */
export async function resetLog(db: Db, workspaceId: WorkspaceId, id: string): Promise<number | null> {
  const { rows } = await sql<{ partition: number }>`
    update inbound_logs set ${asReceived}
    where workspace_id = ${workspaceId} and id = ${id} and body is not null
    returning partition`.execute(db)
  return rows[0]?.partition ?? null
}

export interface ReplayStep {
  count: number
  /** Where the next step goes on; null when this was the last. */
  lastId: string | null
}

/** One step through a span of time, oldest first. */
export async function resetLogs(
  db: Db,
  workspaceId: WorkspaceId,
  { since, until, afterId, limit }: { since: Date; until: Date; afterId: string; limit: number },
): Promise<ReplayStep> {
  const { rows } = await sql<ReplayStep>`
    with picked as (
      select id from inbound_logs
      where workspace_id = ${workspaceId} and id > ${afterId}
        and received_at >= ${since} and received_at < ${until} and body is not null
      order by id
      limit ${limit}
    ),
    reset as (
      update inbound_logs l set ${asReceived}
      from picked
      where l.id = picked.id and l.verdict <> 'received'
    )
    select count(*) as count, case when count(*) = ${limit} then max(id) end as "lastId" from picked`.execute(
    db,
  )
  return rows[0] ?? { count: 0, lastId: null }
}
