import { z } from 'zod'
import { contactImportId } from './ids.ts'
import { instant } from './paging.ts'

export const contactImportState = z.enum(['checking', 'ready', 'running', 'finished', 'failed', 'cancelled'])
export type ContactImportState = z.infer<typeof contactImportState>

const column = z.string().min(1).max(256)

/** Which column of the file is what; a column that is not named is left out. */
export const contactImportMatch = z
  .strictObject({
    phone: column.optional(),
    user_id: column.optional(),
    /** Several are joined: first and last name. */
    name: z.array(column).max(4).default([]),
    /** Attribute → column. */
    attributes: z.record(z.string().trim().min(1).max(64), column).default({}),
    /**
     * Who wants no messages, or no marketing: those with a yes, or the date of it, in the column; everybody in the file when
     * no column is named. An import opts nobody in.
     */
    opt_out: z.strictObject({ scope: z.enum(['all', 'marketing']), column: column.optional() }).optional(),
    /** What happens to contacts there are: filled cells replace name and attributes, or they stay as they are. */
    known: z.enum(['update', 'keep']).default('update'),
  })
  .refine(({ phone, user_id }) => phone !== undefined || user_id !== undefined, {
    path: ['phone'],
    error: 'Choose the column with the phones, or the one with the user ids.',
  })
export type ContactImportMatch = z.infer<typeof contactImportMatch>

export const contactImport = z.object({
  id: contactImportId,
  /** `checking` while the file is judged, `ready` to be started, `failed` when it can't be read: then nobody was changed. */
  state: contactImportState,
  file_name: z.string(),
  columns: z.array(z.string()),
  /** The first rows as they stand in the file. */
  sample: z.array(z.array(z.string())),
  suggested_match: contactImportMatch.nullable(),
  match: contactImportMatch.nullable(),
  rows: z.number().int(),
  /** Rows that are left out, each with its reason. */
  rows_refused: z.number().int(),
  /** Rows of people that are contacts already. */
  rows_known: z.number().int(),
  rows_done: z.number().int(),
  created: z.number().int(),
  /** Contacts there were that the file changed. */
  updated: z.number().int(),
  /** The share of the reading at hand, from 0 to 1. */
  progress: z.number(),
  error: z.string().nullable(),
  created_at: instant,
  started_at: instant.nullable(),
  finished_at: instant.nullable(),
})
export type ContactImport = z.infer<typeof contactImport>

/** A row that is left out, and why. */
export const refusedContact = z.object({
  row_number: z.number().int(),
  cells: z.record(z.string(), z.string()),
  code: z.string(),
  message: z.string(),
})
export type RefusedContact = z.infer<typeof refusedContact>
