import { type Ctx, runLanes } from '../platform/index.ts'
import { deliverToEndpoint } from './deliver-to-endpoint.ts'
import { selectDueEndpoints } from './queries.ts'

/** One lane per endpoint with something due: a dead endpoint keeps only itself waiting. */
export function startWebhooksWorker(ctx: Ctx): { stop(): Promise<void> } {
  return runLanes(ctx, {
    kind: 'webhooks',
    wakeTopic: 'webhooks',
    discoverKeys: () => selectDueEndpoints(ctx.db.worker),
    run: (lane) => deliverToEndpoint(ctx, lane),
  })
}
