import type { InboundLog, InboundLogDetail, InboundReplay } from '../../contract/index.ts'
import type { InboundLogDetailRow, InboundLogRow } from './queries-log.ts'
import type { InboundReplayRow } from './queries-replays.ts'

export function presentInboundLog(row: InboundLogRow): InboundLog {
  return {
    id: row.id,
    connector_id: row.connector_id,
    source: row.source,
    received_at: row.received_at.toISOString(),
    verdict: row.verdict,
    error: row.error,
    attempts: row.attempts,
    processed_at: row.processed_at?.toISOString() ?? null,
    body_bytes: row.body_bytes,
    facts: row.facts,
  }
}

export function presentInboundLogDetail(row: InboundLogDetailRow): InboundLogDetail {
  return { ...presentInboundLog(row), body: row.body?.toString('utf8') ?? null, headers: row.headers }
}

export function presentInboundReplay(row: InboundReplayRow): InboundReplay {
  return {
    ...row,
    since: row.since.toISOString(),
    until: row.until.toISOString(),
    created_at: row.created_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  }
}
