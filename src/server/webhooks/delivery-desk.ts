import type { Ctx } from '../platform/index.ts'
import { hasTurned, tellOfHealth } from './endpoint-notices.ts'
import { formatBody } from './formats/format-body.ts'
import { gather } from './gather.ts'
import { type EndpointHealth, type EndpointTally, recordHealth } from './queries-health.ts'
import {
  type DueAsk,
  type DueDelivery,
  recordAttempts,
  type SendingEndpoint,
  selectDueDeliveries,
  selectSendingEndpoints,
  type WrittenAttempt,
} from './queries-sending.ts'
import { selectEventSources } from './queries-sources.ts'

/** What is due at an endpoint, and how it is to be sent. */
export interface DuePage {
  endpoint: SendingEndpoint
  deliveries: DueDelivery[]
}

export interface DoneAttempt {
  endpointId: string
  /** A sentence when the receiver said that it is gone for good. */
  gone: string | null
  /** The pause that the receiver asked for; 0 when it did not. */
  retryAfterMs: number
  written: WrittenAttempt
}

/** Where all lanes of this process read and write: what they ask for at the same time goes in one statement. */
export interface DeliveryDesk {
  /** null when the endpoint is deleted or disabled. */
  read(ask: DueAsk): Promise<DuePage | null>
  /** Resolves when it is on disk; null when the endpoint is gone meanwhile. */
  record(attempt: DoneAttempt): Promise<EndpointHealth | null>
}

const readsTogetherMax = 200
const writesTogetherMax = 500

export function openDeliveryDesk(ctx: Ctx): DeliveryDesk {
  return {
    read: gather((asks) => readDue(ctx, asks), readsTogetherMax),
    record: gather((attempts) => writeDone(ctx, attempts), writesTogetherMax),
  }
}

async function readDue(ctx: Ctx, asks: readonly DueAsk[]): Promise<(DuePage | null)[]> {
  const [endpoints, due] = await Promise.all([
    selectSendingEndpoints(
      ctx.db.lanes,
      asks.map((ask) => ask.endpointId),
    ),
    selectDueDeliveries(ctx.db.lanes, asks),
  ])
  const pages = new Map<string, DuePage>(
    endpoints.map((endpoint) => [endpoint.id, { endpoint, deliveries: [] }]),
  )
  await putIntoFormat(ctx, due, pages)
  for (const delivery of due) pages.get(delivery.endpoint_id)?.deliveries.push(delivery)
  return asks.map((ask) => pages.get(ask.endpointId) ?? null)
}

async function putIntoFormat(
  ctx: Ctx,
  due: readonly DueDelivery[],
  pages: ReadonlyMap<string, DuePage>,
): Promise<void> {
  const formless = due.filter((delivery) => delivery.body === null)
  if (formless.length === 0) return
  const sources = await selectEventSources(ctx.db.lanes, formless)
  for (const delivery of formless) {
    const source = sources.get(delivery.event_id)
    const format = pages.get(delivery.endpoint_id)?.endpoint.format
    if (source !== undefined && format !== undefined) delivery.body = formatBody(format, source)
  }
}

async function writeDone(ctx: Ctx, done: readonly DoneAttempt[]): Promise<(EndpointHealth | null)[]> {
  const health = await ctx.db.lanes.transaction().execute(async (tx) => {
    await recordAttempts(
      tx,
      done.map(({ written }) => written),
    )
    const health = await recordHealth(tx, tallies(done))
    for (const one of health) await tellOfHealth(tx, one, ctx.clock.now())
    return health
  })
  const byEndpoint = new Map(health.map((one) => [one.id, one]))
  for (const { written } of done)
    ctx.live.changed(written.workspace_id, { topic: 'delivery', id: written.delivery_id })
  for (const one of health) {
    ctx.live.changed(one.workspace_id, { topic: 'endpoint', id: one.id })
    if (hasTurned(one)) ctx.live.changed(one.workspace_id, { topic: 'notice', id: one.id })
  }
  return done.map(({ endpointId }) => byEndpoint.get(endpointId) ?? null)
}

function tallies(done: readonly DoneAttempt[]): EndpointTally[] {
  const byEndpoint = new Map<string, EndpointTally>()
  for (const { endpointId, gone, retryAfterMs, written } of done) {
    const tally = byEndpoint.get(endpointId) ?? {
      workspace_id: written.workspace_id,
      endpoint_id: endpointId,
      succeeded: 0,
      failed: 0,
      gone: null,
      last_error_kind: null,
      last_error: null,
      retry_after_ms: 0,
    }
    byEndpoint.set(endpointId, tally)
    if (written.state === 'delivered') tally.succeeded += 1
    else {
      tally.failed += 1
      tally.last_error_kind = written.error_kind
      tally.last_error = written.error
    }
    tally.gone ??= gone
    tally.retry_after_ms = Math.max(tally.retry_after_ms, retryAfterMs)
  }
  return [...byEndpoint.values()]
}
