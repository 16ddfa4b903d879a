import { z } from 'zod'
import { messageId, recipientId } from './ids.ts'
import { messageError } from './messages.ts'
import { pageQuery } from './paging.ts'

export const recipientState = z.enum([
  'problem',
  'waiting',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'skipped',
  'unknown',
])
export type RecipientState = z.infer<typeof recipientState>
export const recipient = z.object({
  id: recipientId,
  row_number: z.number().int(),
  phone: z.string().nullable(),
  user_id: z.string().nullable(),
  username: z.string().nullable(),
  cells: z.record(z.string(), z.string()),
  state: recipientState,
  /** Why the row is left out: invalid_phone, duplicate, missing_variable, wrong_columns, opted_out, … */
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  message_id: messageId.nullable(),
  error: messageError.nullable(),
})
export type Recipient = z.infer<typeof recipient>
export const recipientQuery = pageQuery.extend({
  state: recipientState.optional(),
  reason: z.string().max(64).optional(),
  /** Digits find phones that begin or end with them; anything else, and digits that no phone has there, part of any cell. */
  search: z.string().max(64).optional(),
  /** Begin with this row of the file; for a first page. */
  from_row: z.coerce.number().int().min(1).default(1),
})
export type RecipientQuery = z.infer<typeof recipientQuery>
/** Mends a row before the list starts: the phone, or cells by column name. */
export const updateRecipient = z.strictObject({
  phone: z.string().max(64).optional(),
  cells: z.record(z.string().max(256), z.string().max(4096)).optional(),
})
export type UpdateRecipient = z.infer<typeof updateRecipient>
