import { type RawBuilder, sql } from 'kysely'
import type { EndpointId } from '../../../contract/index.ts'
import type { Ctx } from '../../platform/index.ts'
import type { SeededWorkspace } from '../../platform/testing/index.ts'
import { presentEndpoint } from '../present-endpoint.ts'
import { type DeliveryRow, selectDeliveries } from '../queries-deliveries.ts'
import { selectEndpoint } from '../queries-endpoints.ts'

/** What tests ask of endpoints, and how they put them into a state that takes days to come by itself. */
export function watchEndpoints(ctx: Ctx) {
  return {
    deliveriesOf: (workspace: SeededWorkspace): Promise<DeliveryRow[]> =>
      selectDeliveries(ctx.db.worker, workspace.workspaceId, { before: null, limit: 200 }),
    healthOf: async (workspace: SeededWorkspace, id: EndpointId) => {
      const row = await selectEndpoint(ctx.db.worker, workspace.workspaceId, id)
      if (row === null) throw new Error('The endpoint is gone.')
      return presentEndpoint(row)
    },
    change: (id: EndpointId, set: RawBuilder<unknown>): Promise<unknown> =>
      sql`update webhook_endpoints set ${set} where id = ${id}`.execute(ctx.db.worker),
  }
}
