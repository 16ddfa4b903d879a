import { type Delivery, type EndpointId, type EventType, eventSamples } from '../../contract/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { samplePayload } from './event-catalogue.ts'
import { presentDelivery } from './present-endpoint.ts'
import { insertDelivery, selectDelivery } from './queries-deliveries.ts'
import { type EndpointRow, probeNow, selectEndpoint } from './queries-endpoints.ts'

/**
 * Sends the sample of a type, by default of the first one the endpoint asked for, in the endpoint's format. In format
 * `normalized` it is marked `"test": true`. It stands in no diary. An endpoint that rests is tried at once. Errors:
 * `not_found`, `endpoint_disabled`, and `validation_failed` when the format has no form for the type.
 */
export async function sendTestEvent(
  ctx: Ctx,
  actor: Actor,
  id: EndpointId,
  wanted?: EventType,
): Promise<Delivery> {
  const delivery = await ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    const endpoint = await selectEndpoint(tx, actor.workspaceId, id)
    if (endpoint === null) throw new ParleyError('not_found', 'There is no such endpoint.')
    if (!endpoint.enabled)
      throw new ParleyError('endpoint_disabled', 'The endpoint is disabled. Enable it, then test.')
    const eventId = ctx.random.id('evt')
    const deliveryId = ctx.random.id('whd')
    await insertDelivery(tx, actor.workspaceId, {
      id: deliveryId,
      endpoint_id: id,
      event_id: eventId,
      cause: 'test',
      seq: 0,
      ...sampleFor(endpoint, wanted, {
        id: eventId,
        workspace_id: actor.workspaceId,
        timestamp: `${ctx.clock.now().toISOString().slice(0, 19)}Z`,
      }),
    })
    await probeNow(tx, actor.workspaceId, id)
    return selectDelivery(tx, actor.workspaceId, deliveryId)
  })
  if (delivery === null) throw new ParleyError('internal', 'The test was not stored.')
  ctx.wake.signal('webhooks')
  return presentDelivery(delivery)
}

function sampleFor(
  { format, events }: EndpointRow,
  wanted: EventType | undefined,
  own: { id: string; workspace_id: string; timestamp: string },
): { event_type: EventType; payload: Record<string, unknown> } {
  for (const type of wanted === undefined ? events : [wanted]) {
    if (format === 'normalized') {
      return { event_type: type, payload: { ...eventSamples[type], ...own, test: true } }
    }
    const payload = samplePayload(format, type, own)
    if (payload !== null) return { event_type: type, payload }
  }
  const message = `The format ${format} has no form for ${wanted ?? 'any of the chosen events'}.`
  throw new ParleyError('validation_failed', message, { fields: [{ path: 'event_type', message }] })
}
