import {
  type Delivery,
  type DeliveryDetail,
  delivery,
  deliveryDetail,
  type Endpoint,
  endpoint,
} from '../../contract/index.ts'
import { adviceFor } from './delivery.ts'
import type { AttemptRow, DeliveryDetailRow, DeliveryRow } from './queries-deliveries.ts'
import type { EndpointRow } from './queries-endpoints.ts'

export function presentEndpoint(row: EndpointRow, secret?: string): Endpoint {
  return endpoint.parse({
    ...row,
    health: healthOf(row),
    disabled_at: row.enabled ? null : (row.disabled_at?.toISOString() ?? null),
    failing_since: row.first_failure_at?.toISOString() ?? null,
    next_probe_at: row.enabled ? (row.probe_at?.toISOString() ?? null) : null,
    recent_attempts: {
      succeeded: row.recent_attempts - row.recent_failures,
      failed: row.recent_failures,
    },
    last_error: explain(row),
    previous_secret_until: row.previous_secret_until?.toISOString() ?? null,
    last_success_at: row.last_success_at?.toISOString() ?? null,
    last_failure_at: row.last_failure_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    ...(secret === undefined ? {} : { secret }),
  })
}

function healthOf(row: EndpointRow): Endpoint['health'] {
  if (!row.enabled) return 'disabled'
  if (row.probe_at !== null) return 'resting'
  return row.first_failure_at === null ? 'working' : 'failing'
}

export function presentDelivery(row: DeliveryRow): Delivery {
  return delivery.parse(deliveryFields(row))
}

export function presentDeliveryDetail(
  row: DeliveryDetailRow,
  { attempts, text }: { attempts: readonly AttemptRow[]; text: string | null },
): DeliveryDetail {
  return deliveryDetail.parse({
    ...deliveryFields(row),
    destination_url: attempts.at(-1)?.destination_url ?? row.destination_url,
    request_body: text === null ? null : JSON.parse(text),
    request_text: text,
    bodies_removed: attempts.some((attempt) => attempt.request_headers === null),
    log: attempts.map((attempt) => ({
      ...attempt,
      at: attempt.at.toISOString(),
      request_headers: attempt.request_headers ?? {},
      response_headers: attempt.response_headers ?? {},
    })),
  })
}

function deliveryFields(row: DeliveryRow) {
  return {
    ...row,
    next_attempt_at: row.state === 'pending' ? row.next_at.toISOString() : null,
    last_error: explain(row),
    created_at: row.created_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  }
}

function explain({ last_error_kind: kind, last_error }: Pick<DeliveryRow, 'last_error_kind' | 'last_error'>) {
  return kind === null ? null : { kind, message: last_error ?? '', advice: adviceFor(kind) }
}
