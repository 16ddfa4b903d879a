import { z } from 'zod'
import { connectorId, inboundLogId, inboundReplayId } from './ids.ts'
import { instant, pageQuery } from './paging.ts'

export const verdict = z.enum(['received', 'processed', 'failed', 'parked', 'refused', 'unrouted'])
export type Verdict = z.infer<typeof verdict>

/** Something a webhook told us, and what it did: `applied`, `repeat` (known already), `kept` (nothing here follows from it), `failed`. */
export const inboundFact = z.object({
  kind: z.string(),
  external_id: z.string().nullable(),
  phone: z.string().nullable(),
  outcome: z.enum(['applied', 'repeat', 'kept', 'unrouted', 'failed']),
  detail: z.string().nullable(),
})
export type InboundFact = z.infer<typeof inboundFact>

export const inboundLog = z.object({
  id: inboundLogId,
  connector_id: connectorId.nullable(),
  source: z.enum(['meta', 'gupshup']),
  received_at: instant,
  verdict,
  error: z.string().nullable(),
  attempts: z.number().int(),
  processed_at: instant.nullable(),
  body_bytes: z.number().int(),
  facts: z.array(inboundFact),
})
export type InboundLog = z.infer<typeof inboundLog>
/**
 * `body` is the raw text as it came; bytes that are no UTF-8 are shown as U+FFFD. It is null when it was removed because
 * of its age; of a webhook that spoke of several workspaces it is the part that is yours.
 */
export const inboundLogDetail = inboundLog.extend({
  body: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
})
export type InboundLogDetail = z.infer<typeof inboundLogDetail>
export const inboundLogQuery = pageQuery.extend({
  verdict: verdict.optional(),
  connector_id: connectorId.optional(),
  /** A whole phone, a whole id, or a type. */
  search: z.string().max(200).optional(),
  /** A kind of fact, such as `message`, or a type, such as `image` or `delivered`. */
  type: z.string().max(100).optional(),
  /** When they came: from `since` on, before `until`. */
  since: instant.optional(),
  until: instant.optional(),
})
export type InboundLogQuery = z.infer<typeof inboundLogQuery>
/** All that came in the span, or what of it has this verdict or came to this connector. */
export const replaySpan = z
  .strictObject({
    since: instant,
    until: instant,
    verdict: verdict.optional(),
    connector_id: connectorId.optional(),
  })
  .refine(({ since, until }) => Date.parse(since) < Date.parse(until), {
    path: ['until'],
    error: 'The span must end after it begins.',
  })
export type ReplaySpan = z.infer<typeof replaySpan>

/** A replay under way, or ended. */
export const inboundReplay = z.object({
  id: inboundReplayId,
  state: z.enum(['running', 'finished', 'cancelled']),
  since: instant,
  until: instant,
  verdict: verdict.nullable(),
  connector_id: connectorId.nullable(),
  /** How much of the span has been looked through, 0 to 1. */
  progress: z.number().min(0).max(1),
  /** How many webhooks were taken up again so far. */
  replayed: z.number().int(),
  /** How many of the span wait to be worked on; counted to 10,000. */
  waiting: z.number().int(),
  created_at: instant,
  ended_at: instant.nullable(),
})
export type InboundReplay = z.infer<typeof inboundReplay>
