import type { InboundLog, InboundLogDetail } from '../../contract/index.ts'
import type { InboundLogDetailRow, InboundLogRow } from './queries-log.ts'

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
