import { z } from 'zod'
import { eventType } from './events.ts'
import { deliveryId, endpointId, eventId, numberId, replayId } from './ids.ts'
import { instant, pageQuery } from './paging.ts'

export const endpointFormat = z.enum(['normalized', 'gupshup', 'meta'])
export type EndpointFormat = z.infer<typeof endpointFormat>

const destinationUrl = z
  .url({ protocol: /^https?$/, error: 'Write a full address, for example https://example.com/webhooks.' })
  .max(2000)
const fields = {
  destination_url: destinationUrl,
  /** Named twice is asked for once. */
  events: z
    .array(eventType)
    .min(1, 'Choose at least one event.')
    .overwrite((types) => [...new Set(types)]),
  number_id: numberId.nullable(),
  name: z.string().trim().max(120),
  /** Deliveries a second at most; null: as fast as the receiver answers. */
  rate_per_second: z.number().int().min(1).max(1000).nullable(),
  /** One delivery of a contact after the other, the next only when the one before has ended. */
  ordered: z.boolean(),
}
export const createEndpoint = z.strictObject({
  ...fields,
  number_id: fields.number_id.optional(),
  name: fields.name.optional(),
  rate_per_second: fields.rate_per_second.optional(),
  ordered: fields.ordered.optional(),
  format: endpointFormat.default('normalized'),
})
export type CreateEndpoint = z.infer<typeof createEndpoint>
export const updateEndpoint = z.strictObject({
  destination_url: fields.destination_url.optional(),
  events: fields.events.optional(),
  number_id: fields.number_id.optional(),
  name: fields.name.optional(),
  rate_per_second: fields.rate_per_second.optional(),
  ordered: fields.ordered.optional(),
  enabled: z.boolean().optional(),
})
export type UpdateEndpoint = z.infer<typeof updateEndpoint>
/** Without a body: the first type that the endpoint asked for. */
export const testEndpoint = z.strictObject({ event_type: eventType.optional() }).nullish()
/** How long the secret of before signs beside the new one; 24 hours without a body, 0 when it has leaked. */
export const rotateSecret = z
  .strictObject({
    overlap_hours: z
      .number()
      .int()
      .min(0)
      .max(7 * 24)
      .optional(),
  })
  .nullish()
export type RotateSecret = z.infer<typeof rotateSecret>

/** refused, dns, connect, tls, timeout, reset, protocol, http, redirect, gone, no_form; with what it means and how to mend it. */
const explainedError = z.object({ kind: z.string(), message: z.string(), advice: z.string() })

export const endpoint = z.object({
  id: endpointId,
  name: z.string(),
  destination_url: z.string(),
  events: z.array(eventType),
  number_id: numberId.nullable(),
  format: endpointFormat,
  rate_per_second: z.number().int().nullable(),
  ordered: z.boolean(),
  enabled: z.boolean(),
  /** Why Parley disabled it; null when it is enabled or was disabled by hand. */
  disabled_reason: z.string().nullable(),
  disabled_at: instant.nullable(),
  /** `working`, `failing` (the newest attempts failed), `resting` (so many that only a probe is sent now and then), `disabled`. */
  health: z.enum(['working', 'failing', 'resting', 'disabled']),
  /** Since when there were failures only. */
  failing_since: instant.nullable(),
  /** While it rests: when one delivery tries whether the receiver is back. */
  next_probe_at: instant.nullable(),
  /** Attempts of today and yesterday, in UTC. */
  recent_attempts: z.object({ succeeded: z.number().int(), failed: z.number().int() }),
  last_error: explainedError.nullable(),
  last_success_at: instant.nullable(),
  last_failure_at: instant.nullable(),
  pending_deliveries: z.number().int(),
  /** After a rotation: until when the secret of before signs, too. */
  previous_secret_until: instant.nullable(),
  /** In format gupshup: the names of endpoints saved later, which get delivery events in its place. */
  overtaken_by: z.array(z.string()),
  created_at: instant,
  /** `whsec_…`, only in the answer that creates the endpoint or rotates its secret. */
  secret: z.string().optional(),
  /** What the owner should know about what was just saved. */
  warning: z.string().optional(),
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
  last_error: explainedError.nullable(),
  last_latency_ms: z.number().int().nullable(),
  created_at: instant,
  ended_at: instant.nullable(),
})
export type Delivery = z.infer<typeof delivery>
export const deliveryAttempt = z.object({
  n: z.number().int(),
  at: instant,
  /** Where it went, whatever the endpoint's address is now; null when that is not known. */
  destination_url: z.string().nullable(),
  http_status: z.number().int().nullable(),
  latency_ms: z.number().int().nullable(),
  error: z.string().nullable(),
  request_headers: z.record(z.string(), z.string()),
  response_headers: z.record(z.string(), z.string()),
  response_body: z.string().nullable(),
})
export type DeliveryAttempt = z.infer<typeof deliveryAttempt>
export const deliveryDetail = delivery.extend({
  /** Where the newest attempt went; before the first, where that will go. */
  destination_url: z.string(),
  /** In the endpoint's format; null when the event has no form in it, or is not kept any more. */
  request_body: z.record(z.string(), z.unknown()).nullable(),
  /** The same to the letter, as it is signed: also numbers that are longer than JSON readers keep. */
  request_text: z.string().nullable(),
  /** Headers and answers of its attempts were removed because of their age; the figures stay. */
  bodies_removed: z.boolean(),
  log: z.array(deliveryAttempt),
})
export type DeliveryDetail = z.infer<typeof deliveryDetail>
export const deliveryQuery = pageQuery.extend({
  endpoint_id: endpointId.optional(),
  state: deliveryState.optional(),
  event_type: eventType.optional(),
})
export type DeliveryQuery = z.infer<typeof deliveryQuery>

/**
 * Which events of the span are sent again: those whose deliveries `failed`, were `delivered`, were `missed` (never tried,
 * for example while the endpoint was disabled), `undelivered` (failed or missed), or `all`. What is still to be tried
 * again by itself is left out of all but the last.
 */
export const replayOutcome = z.enum(['failed', 'delivered', 'missed', 'undelivered', 'all'])
export type ReplayOutcome = z.infer<typeof replayOutcome>
/** The span is that in which Parley recorded the events; `until` is now when left out, `types` all of the endpoint. */
export const createReplay = z
  .strictObject({
    since: instant,
    until: instant.optional(),
    types: z.array(eventType).min(1).optional(),
    outcome: replayOutcome.default('undelivered'),
  })
  .refine((span) => span.until === undefined || Date.parse(span.since) < Date.parse(span.until), {
    path: ['until'],
    error: 'The span must end after it begins.',
  })
export type CreateReplay = z.infer<typeof createReplay>
export const replay = z.object({
  id: replayId,
  endpoint_id: endpointId,
  /** `stopped`: the endpoint was disabled before the end. `cancelled`: somebody ended it. */
  state: z.enum(['running', 'finished', 'stopped', 'cancelled']),
  since: instant,
  until: instant,
  types: z.array(eventType),
  outcome: replayOutcome,
  /** How much of the span has been looked through, 0 to 1. */
  progress: z.number().min(0).max(1),
  queued: z.number().int(),
  /** What became of those that were queued. */
  deliveries: z.object({
    pending: z.number().int(),
    delivered: z.number().int(),
    failed: z.number().int(),
    cancelled: z.number().int(),
  }),
  created_at: instant,
  ended_at: instant.nullable(),
})
export type Replay = z.infer<typeof replay>
