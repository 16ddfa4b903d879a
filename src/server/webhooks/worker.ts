import { type Ctx, runLanes } from '../platform/index.ts'
import { deliverToEndpoint } from './deliver-to-endpoint.ts'
import { openDeliveryDesk } from './delivery-desk.ts'
import { createPace } from './pace.ts'
import { selectDueEndpoints } from './queries-sending.ts'

/** Receivers that hang hold their lane for 15 s, so there must be far more lanes than receivers that may hang at once. */
const lanesMax = 4000

/** One lane per endpoint with something due: a dead endpoint keeps only itself waiting. */
export function startWebhooksWorker(ctx: Ctx): { stop(): Promise<void> } {
  const tools = { desk: openDeliveryDesk(ctx), pace: createPace(ctx.clock) }
  return runLanes(ctx, {
    kind: 'webhooks',
    wakeTopic: 'webhooks',
    lanesMax,
    discoverKeys: () => selectDueEndpoints(ctx.db.worker),
    run: (lane) => deliverToEndpoint(ctx, lane, tools),
  })
}
