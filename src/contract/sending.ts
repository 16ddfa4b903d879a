import { z } from 'zod'
import { hubId, listId, messageId, numberId } from './ids.ts'
import { contactSummary } from './inbox.ts'
import { instant, pageQuery } from './paging.ts'

/** One error code of a provider: what it says, what to do, who can do it, and what Parley does by itself. */
export const errorCodeEntry = z.object({
  /** `parley`: the message never reached a provider. */
  provider: z.enum(['meta', 'gupshup', 'parley']),
  /** As it stands in `error.code` of messages. */
  code: z.string(),
  title: z.string(),
  reason: z.string(),
  advice: z.string().nullable(),
  /**
   * `parley` tries again by itself; `sender` must change the message; `template_author` the template; `account_owner`
   * must act at the provider; `recipient` could only act themselves; `provider` decides.
   */
  who_acts: z.enum(['parley', 'sender', 'template_author', 'account_owner', 'recipient', 'provider']),
  /** What Parley does. `wait_for_provider`: nothing failed, its word is awaited; `leave_out`: it was not sent. */
  policy: z.enum([
    'retry',
    'wait_a_day',
    'wait_for_provider',
    'stop_template',
    'stop_number',
    'suppress',
    'leave_out',
    'final',
  ]),
})
export type ErrorCodeEntry = z.infer<typeof errorCodeEntry>

const listOfMessage = z.object({ id: listId, name: z.string(), hub_id: hubId })

/** A message that may or may not have been sent: `unknown` still waits for the provider's word, `held` waits for a person. */
export const unsettledMessage = z.object({
  id: messageId,
  state: z.enum(['unknown', 'held']),
  number_id: numberId,
  contact: contactSummary,
  list: listOfMessage.nullable(),
  category: z.string().nullable(),
  preview: z.string(),
  /** Since when nobody knows. */
  since: instant,
  attempts: z.number().int(),
  /** `waiting_for_evidence`, `policy_hold`, or `resent_before`: it was sent again once already. */
  reason: z.enum(['waiting_for_evidence', 'policy_hold', 'resent_before']),
})
export type UnsettledMessage = z.infer<typeof unsettledMessage>

const unsettledFilter = z.strictObject({
  state: z.enum(['unknown', 'held']).optional(),
  number_id: numberId.optional(),
  list_id: listId.optional(),
})
export const unsettledQuery = z.strictObject({ ...pageQuery.shape, ...unsettledFilter.shape })
export type UnsettledQuery = z.infer<typeof unsettledQuery>

export const unsettledPage = z.object({
  data: z.array(unsettledMessage),
  next_cursor: z.string().nullable(),
  /** All that the filter finds, on whatever page. */
  total: z.number().int(),
  /** When this was so, on the hub's clock: a decision on all of them names it as `until`. */
  as_of: instant,
})
export type UnsettledPage = z.infer<typeof unsettledPage>

/**
 * A decision on many: on those named, or on all that a filter finds and that were in doubt at `until`. One request
 * settles at most 500: ask again with the same body while `left` is not 0.
 */
export const settleMessages = z
  .strictObject({
    decision: z.enum(['not_sent', 'resend']),
    message_ids: z.array(messageId).min(1).max(200).optional(),
    all: z.strictObject({ ...unsettledFilter.shape, until: instant }).optional(),
  })
  .refine(
    ({ message_ids, all }) => (message_ids === undefined) !== (all === undefined),
    'Give either message_ids or all.',
  )
export type SettleMessages = z.infer<typeof settleMessages>

/** `settled`: those decided on by this request. What was settled meanwhile, or stands in a cancelled list, is left as it is. */
export const settleResult = z.object({ settled: z.number().int(), left: z.number().int() })
export type SettleResult = z.infer<typeof settleResult>

/** A permission to send again what may have been sent already. */
export const resend = z.object({
  id: z.string(),
  message_id: messageId,
  list_id: listId.nullable(),
  list: listOfMessage.nullable(),
  number_id: numberId,
  contact: contactSummary,
  /** The try of which nobody knows. */
  attempt: z.number().int(),
  decided_by: z.enum(['policy', 'operator']),
  actor_name: z.string().nullable(),
  at: instant,
  /** True: the provider has told since that it sent both. */
  was_doubled: z.boolean(),
})
export type Resend = z.infer<typeof resend>

export const resendsPage = z.object({
  data: z.array(resend),
  next_cursor: z.string().nullable(),
  /** All of the workspace, and how many of them are known to have arrived twice. */
  total: z.number().int(),
  doubled: z.number().int(),
})
export type ResendsPage = z.infer<typeof resendsPage>

/**
 * UTILITY messages of unknown outcome: `hold` them for a person, or `resend` them once when the callbacks of the number
 * are proven healthy. MARKETING is always held, AUTHENTICATION expires.
 */
export const sendingPolicy = z.strictObject({ utility_unknown: z.enum(['hold', 'resend']) })
export type SendingPolicy = z.infer<typeof sendingPolicy>

/**
 * Why nothing goes out of a number for the provider's sake: it was `too_fast`, it was `asked_to_wait`, the provider gives
 * `no_clear_answers` and is asked with one message at a time, or it is `unreachable`.
 */
export const stopReason = z.enum(['too_fast', 'asked_to_wait', 'no_clear_answers', 'unreachable'])
export type StopReason = z.infer<typeof stopReason>

/** A number's way out: who sends for it just now, and what waits. */
export const lane = z.object({
  number_id: numberId,
  display_phone_number: z.string(),
  verified_name: z.string(),
  /** The process that holds the lane; null while there is nothing to send, or nobody to send it. */
  owner: z.string().nullable(),
  /** Rises with each change of owner. */
  epoch: z.number().int(),
  held_since: instant.nullable(),
  lease_until: instant.nullable(),
  /** Requests per second over the last ten seconds. */
  rate_per_second: z.number(),
  /** What customers wrote per second over the last ten: it counts in the provider's limit, and the lane leaves room for it. */
  inbound_per_second: z.number(),
  /** What the pace allows. */
  pace_per_second: z.number().int(),
  /** A stop of more than a second or two, and when it will be tried again; it outlives the process that was told so. */
  stop: z.object({ reason: stopReason, since: instant, until: instant }).nullable(),
  waiting: z.object({ replies: z.number().int(), api: z.number().int(), lists: z.number().int() }),
})
export type SendingLane = z.infer<typeof lane>
