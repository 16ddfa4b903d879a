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

/** The clock that makes ids is the hub's, that of `received_at` the database's: they may be this far apart. */
const clocksApartMs = 5 * 60_000

/** Ids sort by time, so a span of time is a range of ids: what lies before or after it is not even looked at. */
export function idAt(at: Date, rounded: 'earlier' | 'later'): string {
  const ms = at.getTime() + (rounded === 'later' ? clocksApartMs : -clocksApartMs)
  return `inl_${Math.max(0, ms).toString(16).padStart(12, '0')}`
}

const columns = sql`id, connector_id, source, received_at, verdict, error, attempts, processed_at, body_bytes, facts`

/** Newest first; `before` is the id of the last one of the page before. */
export async function selectLogs(
  db: Db,
  workspaceId: WorkspaceId,
  filter: {
    verdict: Verdict | null
    connector_id: string | null
    /** All of them must stand among the terms of a log. */
    terms: readonly string[]
    since: Date | null
    until: Date | null
    before: string | null
    limit: number
  },
): Promise<InboundLogRow[]> {
  const { verdict, connector_id, terms, since, until, before, limit } = filter
  const { rows } = await sql<InboundLogRow>`
    select ${columns} from inbound_logs
    where workspace_id = ${workspaceId}
      ${verdict === null ? sql`` : sql`and verdict = ${verdict}`}
      ${connector_id === null ? sql`` : sql`and connector_id = ${connector_id}`}
      ${terms.length === 0 ? sql`` : sql`and terms @> ${[...terms]}::text[]`}
      ${since === null ? sql`` : sql`and id >= ${idAt(since, 'earlier')} and received_at >= ${since}`}
      ${until === null ? sql`` : sql`and id < ${idAt(until, 'later')} and received_at < ${until}`}
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
