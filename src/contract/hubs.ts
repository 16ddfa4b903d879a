import { z } from 'zod'
import { weeklySchedule } from './campaigns.ts'
import { campaignId, hubId, listId, numberId, templateId } from './ids.ts'
import { instant, pageQuery, phoneDigits } from './paging.ts'

export const createHub = z.strictObject({
  name: z.string().trim().min(1).max(120),
  campaign_id: campaignId,
  channel: z.literal('whatsapp'),
  enabled: z.boolean().default(true),
  template_id: templateId.nullable().default(null),
  schedule: weeklySchedule.nullable().default(null),
})
export type CreateHub = z.infer<typeof createHub>
/** Name, campaign and channel are fixed once the hub exists: sending them answers 409 `hub_basic_is_fixed`. */
export const updateHub = z.strictObject({
  enabled: z.boolean().optional(),
  template_id: templateId.nullable().optional(),
  schedule: weeklySchedule.nullable().optional(),
  name: z.unknown().optional(),
  campaign_id: z.unknown().optional(),
  channel: z.unknown().optional(),
})
export type UpdateHub = z.infer<typeof updateHub>

export const listState = z.enum([
  'importing',
  'draft',
  'ready',
  'scheduled',
  'running',
  'paused',
  'finished',
  'cancelled',
])
export type ListState = z.infer<typeof listState>

/** Where a template variable gets its value: a column, a contact's attribute or a constant; a fallback fills empty cells. */
export const variableSource = z
  .strictObject({
    column: z.string().max(256).optional(),
    attribute: z.string().max(64).optional(),
    constant: z.string().max(1024).optional(),
    fallback: z.string().max(1024).optional(),
  })
  .refine(
    (source) =>
      [source.column, source.attribute, source.constant].filter((value) => value !== undefined).length === 1,
    'Choose one of column, attribute or constant.',
  )
export type VariableSource = z.infer<typeof variableSource>
/** The column of the phone, of the user id of people who show no phone, or both. `phone` is empty when there is none. */
export const listMatch = z
  .strictObject({
    phone: z.string().max(256).default(''),
    user_id: z.string().max(256).optional(),
    variables: z.record(z.string().max(64), variableSource),
    template_id: templateId.optional(),
    starts_at: instant.nullable().optional(),
    time_zone_column: z.string().max(256).optional(),
  })
  .refine(({ phone, user_id }) => phone !== '' || (user_id ?? '') !== '', {
    path: ['phone'],
    error: 'Choose the column with the phones, or the one with the user ids.',
  })
export type ListMatch = z.infer<typeof listMatch>

export const listCounts = z.object({
  total: z.number().int(),
  waiting: z.number().int(),
  sending: z.number().int(),
  /** Cumulative: a read message counts in sent, delivered and read. */
  sent: z.number().int(),
  delivered: z.number().int(),
  read: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  unknown: z.number().int(),
})
export type ListCounts = z.infer<typeof listCounts>

export const list = z.object({
  id: listId,
  hub_id: hubId,
  hub_name: z.string(),
  /** What it goes out from. */
  number_id: numberId,
  name: z.string(),
  state: listState,
  file_name: z.string().nullable(),
  columns: z.array(z.string()),
  rows: z.number().int(),
  rows_refused: z.number().int(),
  suggested_match: listMatch.nullable(),
  match: listMatch.nullable(),
  template_id: templateId.nullable(),
  starts_at: instant.nullable(),
  import_error: z.string().nullable(),
  /** The share of the work done while the list is importing, from 0 to 1. */
  import_progress: z.number().nullable(),
  /**
   * `person`, `missed_start` (its time passed by more than an hour, so it asks), or what Parley itself stopped for:
   * `template_paused`, `template_disabled`, `template_rejected`, `number_quality_red`, `account_restricted`,
   * `account_disabled`, `error_spike`.
   */
  pause_reason: z.string().nullable(),
  /** The same in words, with what to do. */
  pause_explanation: z.string().nullable(),
  /** Whether it goes on by itself when the cause has ended, and when that is, if it is known. */
  auto_resume: z.boolean(),
  resumes_at: instant.nullable(),
  /** A list of weight 2 gets twice the messages of one with 1 while both have some. */
  weight: z.number().int(),
  counts: listCounts,
  /** Of those sent: what WhatsApp keeps back while it watches how the first ones of the template are received. */
  held_for_quality_assessment: z.number().int(),
  failures: z.array(
    z.object({
      code: z.string(),
      reason: z.string(),
      advice: z.string().nullable(),
      count: z.number().int(),
    }),
  ),
  /** Why rows were left out since the start; those refused before it are in `rows_refused`. */
  skips: z.array(z.object({ code: z.string(), reason: z.string(), count: z.number().int() })),
  rate_per_second: z.number(),
  finishes_at: instant.nullable(),
  /**
   * Why nothing goes out just now although the list runs: `outside_schedule`, `hub_disabled`, `template_not_approved`,
   * `number_disconnected`, `daily_limit`; or the number stands still for the provider's sake: `provider_too_fast`,
   * `provider_asked_to_wait`, `provider_no_clear_answers`, `provider_unreachable`.
   */
  waiting_for: z.object({ reason: z.string(), until: instant.nullable() }).nullable(),
  created_at: instant,
  started_at: instant.nullable(),
  finished_at: instant.nullable(),
})
export type List = z.infer<typeof list>

export const listQuery = pageQuery.extend({
  hub_id: hubId.optional(),
  state: listState.optional(),
  /** Part of the name. */
  search: z.string().trim().max(120).optional(),
})
export type ListQuery = z.infer<typeof listQuery>

/** What a list takes of the daily limit of its number's portfolio, if nothing else is sent meanwhile. */
export const listDailyLimit = z.object({
  /** People who may be written to first in 24 hours, and how many of these places are free just now. */
  total: z.number().int(),
  free: z.number().int(),
  /** Places the list still takes, at most: who was written to today or writes themselves takes none. */
  needs: z.number().int(),
})
/** When a list will be through, reckoned with its schedule, pace and daily limit. */
export const listForecast = z.object({
  /** Messages still to be sent, and the pace reckoned with. */
  remaining: z.number().int(),
  per_second: z.number(),
  /** null: no end in sight. */
  finishes_at: instant.nullable(),
  /** null where the number has no limit. */
  daily_limit: listDailyLimit.nullable(),
})
export type ListForecast = z.infer<typeof listForecast>

export const updateList = z.strictObject({
  auto_resume: z.boolean().optional(),
  weight: z.number().int().min(1).max(100).optional(),
})
export type UpdateList = z.infer<typeof updateList>

export const hub = z.object({
  id: hubId,
  name: z.string(),
  campaign_id: campaignId,
  channel: z.literal('whatsapp'),
  enabled: z.boolean(),
  template_id: templateId.nullable(),
  schedule: weeklySchedule.nullable(),
  active_lists: z.number().int(),
  created_at: instant,
  updated_at: instant,
})
export type Hub = z.infer<typeof hub>

export const skipReasons = [
  'opted_out',
  'duplicate',
  'invalid_phone',
  'missing_variable',
  'wrong_value',
  'wrong_columns',
  'no_consent',
  'blocked_country',
] as const
export const preflight = z.object({
  total: z.number().int(),
  will_send: z.number().int(),
  skipped: z.record(z.enum(skipReasons), z.number().int()),
  cost: z.record(z.string(), z.unknown()),
  finishes_at: instant.nullable(),
  /** null where the number has no limit. */
  daily_limit: listDailyLimit.nullable(),
  /** What still stands in the way of a start; empty when nothing does. */
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
})
export type Preflight = z.infer<typeof preflight>

/** The message as one row of the list will see it. */
export const listPreview = z.object({
  row_number: z.number().int(),
  phone: z.string().nullable(),
  variables: z.record(z.string(), z.string()),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
})
export const testSend = z.strictObject({ to: phoneDigits, row_number: z.number().int().min(1).default(1) })
export type TestSend = z.infer<typeof testSend>
