import { z } from 'zod'
import { consentChangeId, contactChangeId, contactId, erasureId, numberId } from './ids.ts'
import { instant, pageQuery, phoneDigits } from './paging.ts'

const attributes = z.record(z.string().min(1).max(64), z.string().max(1000))

export const contact = z.object({
  id: contactId,
  phone: z.string().nullable(),
  user_id: z.string().nullable(),
  /** It stands for a group, whose id is in `user_id`. */
  is_group: z.boolean(),
  username: z.string().nullable(),
  name: z.string().nullable(),
  profile_name: z.string().nullable(),
  attributes,
  opted_out_all_at: instant.nullable(),
  opted_out_marketing_at: instant.nullable(),
  source: z.string(),
  created_at: instant,
  updated_at: instant,
})
export type Contact = z.infer<typeof contact>

/**
 * A person's business-scoped user id: `CC.` and up to 128 letters and digits, also behind `ENT.`.
 * https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids, read 2026-02-06.
 */
export const userIdForm = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/
const userId = z
  .string()
  .regex(userIdForm, 'Write the user id as WhatsApp tells it, for example US.13491208655302741918.')

/** A phone, a business-scoped user id, or both. */
export const createContact = z
  .strictObject({
    phone: phoneDigits.optional(),
    user_id: userId.optional(),
    name: z.string().trim().max(200).optional(),
    attributes: attributes.optional(),
  })
  .refine(({ phone, user_id }) => phone !== undefined || user_id !== undefined, {
    message: 'Give a phone or a user id.',
    path: ['phone'],
  })
export type CreateContact = z.infer<typeof createContact>
export const updateContact = z.strictObject({
  name: z.string().trim().max(200).nullable().optional(),
  attributes: attributes.optional(),
})
export type UpdateContact = z.infer<typeof updateContact>
/** `opted_out` of everything; `no_marketing`, by either opt-out; `in`: of those without any. */
export const contactConsent = z.enum(['opted_out', 'no_marketing', 'in'])
export type ContactConsent = z.infer<typeof contactConsent>
export const contactFilter = z.strictObject({
  search: z.string().max(200).optional(),
  consent: contactConsent.optional(),
})
export type ContactFilter = z.infer<typeof contactFilter>
export const contactQuery = pageQuery.extend(contactFilter.shape)
export type ContactQuery = z.infer<typeof contactQuery>

/** One change of what a person wants to receive, with where it comes from. */
export const consentChange = z.object({
  id: consentChangeId,
  /** `all`, or `marketing` only. */
  scope: z.string(),
  opted_out: z.boolean(),
  /**
   * `keyword`: a word in a message; `whatsapp`: set by the person in WhatsApp; `gupshup`: passed on by Gupshup; `person` and
   * `api`: recorded by somebody of the workspace or a program; `import`; `kept`: of somebody erased who is back.
   */
  source: z.string(),
  /** What was given as reason, by whoever recorded it. */
  reason: z.string().nullable(),
  by: z.string().nullable(),
  /** The number it was said to; null when that is not known. */
  number_id: numberId.nullable(),
  at: instant,
})
/** A new phone or a new user id of the person, as WhatsApp told it. */
export const contactChange = z.object({
  id: contactChangeId,
  kind: z.enum(['phone', 'user_id']),
  previous: z.string().nullable(),
  value: z.string(),
  at: instant,
})
/** What became of a contact, newest first; at most a hundred of each. */
export const contactHistory = z.object({
  consent: z.array(consentChange),
  identity: z.array(contactChange),
})
export type ContactHistory = z.infer<typeof contactHistory>

/** The receipt of a contact's deletion: `finished` once nothing of the person is kept but a wish for no messages. */
export const erasure = z.object({
  id: erasureId,
  contact_id: contactId,
  state: z.enum(['running', 'finished']),
  requested_by: z.string(),
  requested_at: instant,
  finished_at: instant.nullable(),
  /** Raw webhooks are emptied; rows of lists stay without what they say; the others are gone. */
  removed: z.object({
    messages: z.number().int(),
    recipients: z.number().int(),
    events: z.number().int(),
    webhooks: z.number().int(),
  }),
})
export type Erasure = z.infer<typeof erasure>
export const erasureQuery = pageQuery.extend({ contact_id: contactId.optional() })
export type ErasureQuery = z.infer<typeof erasureQuery>
