import { z } from 'zod'
import { contactId } from './ids.ts'
import { instant, pageQuery, phoneDigits } from './paging.ts'

const attributes = z.record(z.string().min(1).max(64), z.string().max(1000))

export const contact = z.object({
  id: contactId,
  phone: z.string().nullable(),
  user_id: z.string().nullable(),
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

export const createContact = z.strictObject({
  phone: phoneDigits,
  name: z.string().trim().max(200).optional(),
  attributes: attributes.optional(),
})
export type CreateContact = z.infer<typeof createContact>
export const updateContact = z.strictObject({
  name: z.string().trim().max(200).nullable().optional(),
  attributes: attributes.optional(),
})
export type UpdateContact = z.infer<typeof updateContact>
export const contactQuery = pageQuery.extend({ search: z.string().max(200).optional() })
export type ContactQuery = z.infer<typeof contactQuery>
