import type { Ctx } from '../platform/index.ts'
import { readOutcome } from './delivery.ts'
import type { DoneAttempt } from './delivery-desk.ts'
import type { DueDelivery, SendingEndpoint } from './queries-sending.ts'
import { readRetryAfterMs, waitAfterAttemptMs } from './schedule.ts'
import { signDelivery } from './sign-delivery.ts'

const goneForGood =
  'The receiver answered 410 Gone: it wants no more events. When it is back, enable the endpoint, then replay what it missed.'

export interface Attempting {
  endpoint: SendingEndpoint
  secrets: readonly string[]
  delivery: DueDelivery
  body: string
}

/** One request, and what follows from its answer. */
export async function attemptDelivery(
  ctx: Ctx,
  { endpoint, secrets, delivery, body }: Attempting,
): Promise<DoneAttempt> {
  const n = delivery.attempts + 1
  const at = ctx.clock.now()
  const headers = signDelivery(delivery.event_id, body, { secrets, at, attempt: n })
  const result = readOutcome(await ctx.egress.post(endpoint.destination_url, { headers, body }))
  const retryAfterMs = readRetryAfterMs(result.retryAfter, ctx.clock.now())
  const isProbe = endpoint.circuit !== 'closed'
  const wait = isProbe ? 0 : waitAfterAttemptMs(n, ctx.random.number(), retryAfterMs)
  ctx.log.info(
    {
      workspace_id: endpoint.workspace_id,
      endpoint_id: endpoint.id,
      delivery_id: delivery.id,
      event_type: delivery.event_type,
      attempt: n,
      is_probe: isProbe,
      http_status: result.httpStatus,
      error_kind: result.errorKind,
      latency_ms: result.latencyMs,
    },
    'delivery.attempted',
  )
  return {
    endpointId: endpoint.id,
    gone: result.gone ? goneForGood : null,
    retryAfterMs: retryAfterMs ?? 0,
    written: {
      workspace_id: endpoint.workspace_id,
      delivery_id: delivery.id,
      n,
      endpoint_revision: endpoint.revision,
      is_probe: isProbe,
      state: result.delivered ? 'delivered' : wait === null || result.gone ? 'failed' : 'pending',
      wait_ms: wait ?? 0,
      http_status: result.httpStatus,
      latency_ms: result.latencyMs,
      error_kind: result.errorKind,
      error: result.error,
      request_headers: headers,
      response_headers: result.responseHeaders,
      response_body: result.responseBody,
    },
  }
}
