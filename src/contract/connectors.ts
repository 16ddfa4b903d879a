import { z } from 'zod'
import { accountChangeId, connectorId, inboundLogId, numberId } from './ids.ts'
import { flag } from './notices.ts'
import { instant } from './paging.ts'

export const provider = z.enum(['meta', 'gupshup', 'sandbox'])
export type Provider = z.infer<typeof provider>
/**
 * `DEGRADED`: the last check failed, or the account is restricted, disabled or about to be, removed by its owner, or its
 * review was rejected; its flags tell which. `DISCONNECTED`: by somebody here.
 */
export const connectorStatus = z.enum(['PENDING', 'ACTIVE', 'DEGRADED', 'DISCONNECTED'])
export type ConnectorStatus = z.infer<typeof connectorStatus>
export const qualityRating = z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN'])
export type QualityRating = z.infer<typeof qualityRating>

const name = z.string().trim().min(1, 'Give the connector a name.').max(120)
const digits = (what: string) =>
  z
    .string()
    .trim()
    .regex(/^[0-9]{5,25}$/, `${what} is digits only.`)

export const createMetaConnector = z.strictObject({
  provider: z.literal('meta'),
  name,
  phone_number_id: digits('The phone number id'),
  access_token: z.string().trim().min(1, 'Paste the access token.').max(1000),
  app_secret: z.string().trim().min(1, 'Paste the app secret.').max(200),
  verify_token: z.string().trim().min(1, 'Make up a verify token.').max(200),
  waba_id: digits('The WhatsApp Business Account id').optional(),
})
export const createGupshupConnector = z.strictObject({
  provider: z.literal('gupshup'),
  name,
  app_id: z.string().trim().min(1).max(100),
  app_name: z.string().trim().min(1).max(100),
  api_key: z.string().trim().min(1).max(500),
  source: digits('The source number'),
})
export const createSandboxConnector = z.strictObject({ provider: z.literal('sandbox'), name })
export const createConnector = z.discriminatedUnion('provider', [
  createMetaConnector,
  createGupshupConnector,
  createSandboxConnector,
])
export type CreateConnector = z.infer<typeof createConnector>

export const number = z.object({
  id: numberId,
  connector_id: connectorId,
  display_phone_number: z.string(),
  /** Digits, for links and comparison. */
  phone: z.string(),
  phone_number_id: z.string(),
  verified_name: z.string(),
  quality_rating: qualityRating,
  /** Unique people per moving 24 h that may be written to first: TIER_250 … TIER_UNLIMITED. */
  messaging_limit: z.string().nullable(),
  throughput: z.string(),
  /** Messages per second: what the provider allows, and the lower pace set by hand. */
  pace_limit_per_second: z.number().int(),
  pace_override_per_second: z.number().int().nullable(),
  connected: z.boolean(),
  last_inbound_at: instant.nullable(),
  last_outbound_at: instant.nullable(),
})
export type WhatsAppNumber = z.infer<typeof number>
/** A number with the use of its portfolio's daily limit; nulls where there is no limit. */
export const numberWithLimit = number.extend({
  /** People written to first in the last 24 hours, by all numbers of the portfolio. */
  messaging_limit_used: z.number().int().nullable(),
  messaging_limit_total: z.number().int().nullable(),
  /** When the next place falls free, as long as all are taken. */
  messaging_limit_frees_at: instant.nullable(),
})
export type NumberWithLimit = z.infer<typeof numberWithLimit>
/** A number with the places of its daily limit that fall free within the next 24 hours, hour by hour. */
export const numberDetail = numberWithLimit.extend({
  messaging_limit_frees: z.array(z.object({ until: instant, people: z.number().int() })),
  /** Other numbers of the portfolio: they draw on the same limit. */
  messaging_limit_shared_with: z.array(numberId),
  /** How many numbers of other workspaces of this installation do so, too. */
  messaging_limit_shared_elsewhere: z.number().int(),
})
export type NumberDetail = z.infer<typeof numberDetail>
export const updateNumber = z.strictObject({
  pace_override_per_second: z.number().int().min(1).max(1000).nullable(),
})

export const checkStep = z.object({
  name: z.string(),
  ok: z.boolean(),
  message: z.string(),
  /** How to mend it, when it isn't ok. */
  hint: z.string().nullable(),
})
export type CheckStep = z.infer<typeof checkStep>
export const connectorCheck = z.object({
  verdict: z.enum(['healthy', 'degraded', 'broken']),
  steps: z.array(checkStep),
})
export type ConnectorCheck = z.infer<typeof connectorCheck>

export const connector = z.object({
  id: connectorId,
  provider,
  name: z.string(),
  status: connectorStatus,
  webhook_url: z.string(),
  /** What Meta's webhook form asks for; not a secret to admins, and null where the provider has none. */
  verify_token: z.string().nullable(),
  waba_id: z.string().nullable(),
  numbers: z.array(number),
  /** What stands against the account or one of its numbers, the worst first. */
  flags: z.array(flag),
  last_check: connectorCheck.nullable(),
  last_checked_at: instant.nullable(),
  last_webhook_at: instant.nullable(),
  templates_synced_at: instant.nullable(),
  created_at: instant,
})
export type Connector = z.infer<typeof connector>

/** One thing the provider said about an account or one of its numbers, or that was learnt by asking it. */
export const accountChange = z.object({
  id: accountChangeId,
  connector_id: connectorId,
  /** null: it concerns the whole account. */
  number_id: numberId.nullable(),
  /** review, violation, restriction, ban, quality, limit, throughput, name, security, … */
  topic: z.string(),
  /** The provider's word. */
  change: z.string(),
  previous: z.string().nullable(),
  value: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  at: instant,
  /** The webhook that told it; null when the provider was asked. */
  inbound_log_id: inboundLogId.nullable(),
})
export type AccountChange = z.infer<typeof accountChange>
