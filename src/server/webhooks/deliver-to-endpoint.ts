import type { WorkspaceId } from '../../contract/index.ts'
import type { Ctx, Lane } from '../platform/index.ts'
import { type AttemptResult, readOutcome } from './delivery.ts'
import {
  type DueDelivery,
  disableEndpoint,
  type RecordedAttempt,
  recordAttempts,
  recordEndpointHealth,
  type SendingEndpoint,
  selectDueDeliveries,
  selectSendingEndpoint,
} from './queries.ts'
import { readRetryAfterMs, waitAfterAttemptMs } from './schedule.ts'
import { openSecrets } from './secret.ts'
import { signDelivery } from './sign-delivery.ts'

const concurrencyMax = 8
const pageSize = 100

/**
 * Delivers what is due at one endpoint until nothing is. Eight requests at a time: a receiver that takes its time
 * holds up its own lane only. Results are written as they come, those that came together in one statement.
 */
export async function deliverToEndpoint(ctx: Ctx, lane: Lane): Promise<void> {
  const endpoint = await selectSendingEndpoint(ctx.db.worker, lane.key)
  if (endpoint === null) return
  const secrets = openSecrets(ctx, endpoint)
  const inFlight = new Map<string, Promise<void>>()
  const finished: RecordedAttempt[] = []
  let waiting: DueDelivery[] = []
  const mayStart = () => lane.isValid() && !ctx.stopping.aborted

  while (mayStart() || inFlight.size > 0) {
    if (waiting.length === 0 && mayStart()) {
      // What has finished but isn't written yet still looks due.
      const except = [...inFlight.keys(), ...finished.map((attempt) => attempt.deliveryId)]
      waiting = await selectDueDeliveries(ctx.db.worker, endpoint.id, { except, limit: pageSize })
    }
    while (inFlight.size < concurrencyMax && mayStart()) {
      const delivery = waiting.shift()
      if (delivery === undefined) break
      const work = attemptDelivery(ctx, endpoint, secrets, delivery).then((attempt) => {
        finished.push(attempt)
        inFlight.delete(delivery.id)
      })
      inFlight.set(delivery.id, work)
    }
    if (inFlight.size === 0) break
    await Promise.race(inFlight.values())
    if (!(await record(ctx, endpoint, finished.splice(0)))) break
  }
  await Promise.all(inFlight.values())
  await record(ctx, endpoint, finished.splice(0))
}

async function attemptDelivery(
  ctx: Ctx,
  endpoint: SendingEndpoint,
  secrets: readonly string[],
  delivery: DueDelivery,
): Promise<RecordedAttempt> {
  const attempt = delivery.attempts + 1
  const signed = signDelivery(delivery.event_id, delivery.payload, { secrets, at: ctx.clock.now(), attempt })
  const outcome = await ctx.egress.post(endpoint.destination_url, {
    headers: signed.headers,
    body: signed.body,
  })
  const result = readOutcome(outcome)
  const wait = result.delivered
    ? null
    : waitAfterAttemptMs(attempt, ctx.random.number(), retryAfterOf(ctx, result))
  ctx.log.info(
    {
      workspace_id: endpoint.workspace_id,
      endpoint_id: endpoint.id,
      delivery_id: delivery.id,
      event_type: delivery.event_type,
      attempt,
      http_status: result.httpStatus,
      error_kind: result.errorKind,
      latency_ms: result.latencyMs,
    },
    'delivery.attempted',
  )
  return {
    workspaceId: endpoint.workspace_id,
    deliveryId: delivery.id,
    attempt,
    result,
    requestHeaders: signed.headers,
    state: result.delivered ? 'delivered' : wait === null || result.gone ? 'failed' : 'pending',
    waitMs: wait ?? 0,
  }
}

function retryAfterOf(ctx: Ctx, result: AttemptResult): number | null {
  return readRetryAfterMs(result.retryAfter, ctx.clock.now())
}

/** Returns false when the endpoint was disabled by what came back. */
async function record(ctx: Ctx, endpoint: SendingEndpoint, attempts: RecordedAttempt[]): Promise<boolean> {
  if (attempts.length === 0) return true
  const isGone = attempts.some((attempt) => attempt.result.gone)
  await ctx.db.asWorker(async (tx) => {
    await recordAttempts(tx, attempts)
    await recordEndpointHealth(tx, endpoint, {
      succeeded: attempts.some((attempt) => attempt.result.delivered),
      failed: attempts.some((attempt) => !attempt.result.delivered),
    })
    if (isGone) await disableEndpoint(tx, endpoint, 'The receiver answered 410 Gone.')
  })
  announce(ctx, endpoint.workspace_id, endpoint.id, attempts)
  return !isGone
}

function announce(ctx: Ctx, workspaceId: WorkspaceId, endpointId: string, attempts: RecordedAttempt[]): void {
  for (const attempt of attempts) ctx.live.changed(workspaceId, { topic: 'delivery', id: attempt.deliveryId })
  ctx.live.changed(workspaceId, { topic: 'endpoint', id: endpointId })
}
