import type { Delivery, EndpointId } from '../../contract/index.ts'
import { eventType } from '../../contract/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { presentDelivery } from './present-endpoint.ts'
import { insertDelivery, selectDelivery } from './queries-deliveries.ts'
import { selectEndpoint } from './queries-endpoints.ts'

/** Sends a made-up event of the first type the endpoint asked for, marked `"test": true`; it stands in no diary. */
export async function sendTestEvent(ctx: Ctx, actor: Actor, id: EndpointId): Promise<Delivery> {
  const delivery = await ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    const endpoint = await selectEndpoint(tx, actor.workspaceId, id)
    if (endpoint === null) throw new ParleyError('not_found', 'There is no such endpoint.')
    if (!endpoint.enabled)
      throw new ParleyError('endpoint_disabled', 'The endpoint is disabled. Enable it, then test.')
    const type = eventType.parse(endpoint.events[0])
    const eventId = ctx.random.id('evt')
    const deliveryId = ctx.random.id('whd')
    await insertDelivery(tx, actor.workspaceId, {
      id: deliveryId,
      endpoint_id: id,
      event_id: eventId,
      event_type: type,
      cause: 'test',
      payload: {
        event: type,
        id: eventId,
        workspace_id: actor.workspaceId,
        timestamp: `${ctx.clock.now().toISOString().slice(0, 19)}Z`,
        test: true,
        message_text: 'This is a test event from Parley.',
      },
      seq: 0,
    })
    return selectDelivery(tx, actor.workspaceId, deliveryId)
  })
  if (delivery === null) throw new ParleyError('internal', 'The test was not stored.')
  ctx.wake.signal('webhooks')
  return presentDelivery(delivery)
}
