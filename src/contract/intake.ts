import { z } from 'zod'
import { connectorId, inboundLogId } from './ids.ts'
import { instant, pageQuery } from './paging.ts'

export const verdict = z.enum(['received', 'processed', 'failed', 'parked', 'refused', 'unrouted'])
export type Verdict = z.infer<typeof verdict>

/** Something a webhook told us, and what it did: `applied`, `repeat` (known already), `kept` (not understood), `failed`. */
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
/** `body` is the raw text as it came; bytes that are no UTF-8 are shown as U+FFFD. */
export const inboundLogDetail = inboundLog.extend({
  body: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
})
export type InboundLogDetail = z.infer<typeof inboundLogDetail>
export const inboundLogQuery = pageQuery.extend({
  verdict: verdict.optional(),
  connector_id: connectorId.optional(),
  search: z.string().max(200).optional(),
})
export type InboundLogQuery = z.infer<typeof inboundLogQuery>
export const replaySpan = z
  .strictObject({ since: instant, until: instant })
  .refine(({ since, until }) => since < until, 'The span must end after it begins.')
export type ReplaySpan = z.infer<typeof replaySpan>
