import type { Delivery, DeliveryId } from '../../contract/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { presentDelivery } from './present-endpoint.ts'
import { insertDelivery, selectDelivery } from './queries-deliveries.ts'
import { selectEndpoint } from './queries-endpoints.ts'

/** Sends the event of a delivery once more, as a delivery of its own with the same `webhook-id`. */
export async function replayDelivery(ctx: Ctx, actor: Actor, id: DeliveryId): Promise<Delivery> {
  const replay = await ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    const original = await selectDelivery(tx, actor.workspaceId, id)
    if (original === null) throw new ParleyError('not_found', 'There is no such delivery.')
    const endpoint = await selectEndpoint(tx, actor.workspaceId, original.endpoint_id)
    if (endpoint?.enabled !== true) {
      throw new ParleyError('endpoint_disabled', 'The endpoint is disabled. Enable it, then replay.')
    }
    const replayId = ctx.random.id('whd')
    await insertDelivery(tx, actor.workspaceId, {
      id: replayId,
      endpoint_id: original.endpoint_id,
      event_id: original.event_id,
      event_type: original.event_type,
      cause: 'replay',
      payload: original.payload,
      seq: original.seq,
    })
    return selectDelivery(tx, actor.workspaceId, replayId)
  })
  if (replay === null) throw new ParleyError('internal', 'The replay was not stored.')
  ctx.wake.signal('webhooks')
  ctx.live.changed(actor.workspaceId, { topic: 'delivery', id: replay.id })
  return presentDelivery(replay)
}
