import {
  connectorId,
  type NumberWithLimit,
  numberId,
  qualityRating,
  type WhatsAppNumber,
} from '../../contract/index.ts'
import type { NumberRow } from './connector.ts'
import type { DailyLimitUse } from './queries-limits.ts'

export function presentNumberWithLimit(row: NumberRow, use: DailyLimitUse | undefined): NumberWithLimit {
  return {
    ...presentNumber(row),
    messaging_limit_used: use?.used ?? null,
    messaging_limit_total: use?.total ?? null,
    messaging_limit_frees_at: use?.frees_at?.toISOString() ?? null,
  }
}

export function presentNumber(row: NumberRow): WhatsAppNumber {
  return {
    id: numberId.parse(row.id),
    connector_id: connectorId.parse(row.connector_id),
    display_phone_number: row.display_phone_number,
    phone: row.phone,
    phone_number_id: row.phone_number_id,
    verified_name: row.verified_name,
    quality_rating: qualityRating.parse(row.quality_rating),
    messaging_limit: row.messaging_limit,
    throughput: row.throughput,
    pace_limit_per_second: row.pace_limit_per_second,
    pace_override_per_second: row.pace_override_per_second,
    connected: row.connected,
    last_inbound_at: row.last_inbound_at?.toISOString() ?? null,
    last_outbound_at: row.last_outbound_at?.toISOString() ?? null,
  }
}
