import { z } from 'zod'
import { consentWordMax } from './consent-words.ts'
import { instant } from './paging.ts'

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
