import { z } from 'zod'
import { consentWordMax } from './consent-words.ts'
import { contactId, numberId } from './ids.ts'
import { instant, pageQuery } from './paging.ts'

const words = z.array(z.string().max(consentWordMax)).min(1).max(200)
const confirmation = z.string().trim().min(1).max(1024).nullable()

/**
 * Whole messages that opt a person out or in, compared without case, accents and signs around them; and what is answered
 * once, inside the open window. `null`: nothing.
 */
export const updateConsentSettings = z.strictObject({
  stop_words: words,
  start_words: words,
  stop_confirmation: confirmation,
  start_confirmation: confirmation,
})
export type UpdateConsentSettings = z.infer<typeof updateConsentSettings>

export const consentSettings = z.object({
  stop_words: z.array(z.string()),
  start_words: z.array(z.string()),
  stop_confirmation: z.string().nullable(),
  start_confirmation: z.string().nullable(),
  /** The words that a hub comes with. */
  defaults: z.object({ stop_words: z.array(z.string()), start_words: z.array(z.string()) }),
  /** Null while they are those. */
  updated_at: instant.nullable(),
})
export type ConsentSettings = z.infer<typeof consentSettings>

/** `all` messages, or `marketing` only. */
export const consentScope = z.enum(['all', 'marketing'])
export type ConsentScope = z.infer<typeof consentScope>

/** An act of people or programs: the person told them elsewhere. `reason` is kept as evidence and told to endpoints. */
export const changeConsent = z.strictObject({
  scope: consentScope.default('all'),
  reason: z.string().trim().max(500).optional(),
})
export type ChangeConsent = z.infer<typeof changeConsent>

/** Who wants no messages, or no marketing, with how it became known. `scope` is the wider one of those that hold. */
export const optOut = z.object({
  contact_id: contactId,
  phone: z.string().nullable(),
  user_id: z.string().nullable(),
  name: z.string(),
  scope: consentScope,
  /** `keyword`, `whatsapp`, `gupshup`, `person`, `api`, `import`, or `kept`: of somebody erased who is back. */
  source: z.string(),
  reason: z.string().nullable(),
  /** Who recorded it, when it was not the person. */
  by: z.string().nullable(),
  /** The number it was said to; null when it was said to none. */
  number_id: numberId.nullable(),
  at: instant,
})
export type OptOut = z.infer<typeof optOut>
export const optOutFilter = z.strictObject({
  search: z.string().max(200).optional(),
  scope: consentScope.optional(),
})
export type OptOutFilter = z.infer<typeof optOutFilter>
export const optOutQuery = pageQuery.extend(optOutFilter.shape)
export type OptOutQuery = z.infer<typeof optOutQuery>
