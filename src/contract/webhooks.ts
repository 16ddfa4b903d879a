import { z } from 'zod'
import { eventType } from './events.ts'
import { deliveryId, endpointId, eventId, numberId } from './ids.ts'
import { instant, pageQuery } from './paging.ts'

export const endpointFormat = z.enum(['normalized', 'gupshup', 'meta'])
export type EndpointFormat = z.infer<typeof endpointFormat>

const destinationUrl = z
  .url({ protocol: /^https?$/, error: 'Write a full address, for example https://example.com/webhooks.' })
  .max(2000)
const fields = {
  destination_url: destinationUrl,
  events: z.array(eventType).min(1, 'Choose at least one event.'),
  number_id: numberId.nullable(),
  name: z.string().trim().max(120),
}
export const createEndpoint = z.strictObject({
  ...fields,
  number_id: fields.number_id.optional(),
  name: fields.name.optional(),
  format: endpointFormat.default('normalized'),
})
export type CreateEndpoint = z.infer<typeof createEndpoint>
export const updateEndpoint = z.strictObject({
  destination_url: fields.destination_url.optional(),
  events: fields.events.optional(),
  number_id: fields.number_id.optional(),
  name: fields.name.optional(),
  enabled: z.boolean().optional(),
})
export type UpdateEndpoint = z.infer<typeof updateEndpoint>

export const endpoint = z.object({
  id: endpointId,
  name: z.string(),
  destination_url: z.string(),
  events: z.array(eventType),
  number_id: numberId.nullable(),
  format: endpointFormat,
  enabled: z.boolean(),
  disabled_reason: z.string().nullable(),
  last_success_at: instant.nullable(),
  last_failure_at: instant.nullable(),
  pending_deliveries: z.number().int(),
  created_at: instant,
  /** `whsec_…`, only in the answer that creates the endpoint or rotates its secret. */
  secret: z.string().optional(),
})
export type Endpoint = z.infer<typeof endpoint>

export const deliveryState = z.enum(['pending', 'delivered', 'failed', 'cancelled'])
export type DeliveryState = z.infer<typeof deliveryState>
export const delivery = z.object({
  id: deliveryId,
  endpoint_id: endpointId,
  event_id: eventId,
  event_type: eventType,
  cause: z.enum(['event', 'replay', 'test']),
  state: deliveryState,
  attempts: z.number().int(),
  next_attempt_at: instant.nullable(),
  last_http_status: z.number().int().nullable(),
  /** refused, dns, connect, tls, timeout, http, redirect, gone; with what it means and how to mend it. */
  last_error: z.object({ kind: z.string(), message: z.string(), advice: z.string() }).nullable(),
  last_latency_ms: z.number().int().nullable(),
  created_at: instant,
  ended_at: instant.nullable(),
})
export type Delivery = z.infer<typeof delivery>
export const deliveryAttempt = z.object({
  n: z.number().int(),
  at: instant,
  http_status: z.number().int().nullable(),
  latency_ms: z.number().int().nullable(),
  error: z.string().nullable(),
  request_headers: z.record(z.string(), z.string()),
  response_headers: z.record(z.string(), z.string()),
  response_body: z.string().nullable(),
})
export type DeliveryAttempt = z.infer<typeof deliveryAttempt>
export const deliveryDetail = delivery.extend({
  destination_url: z.string(),
  request_body: z.record(z.string(), z.unknown()),
  log: z.array(deliveryAttempt),
})
export type DeliveryDetail = z.infer<typeof deliveryDetail>
export const deliveryQuery = pageQuery.extend({
  endpoint_id: endpointId.optional(),
  state: deliveryState.optional(),
  event_type: eventType.optional(),
})
export type DeliveryQuery = z.infer<typeof deliveryQuery>
