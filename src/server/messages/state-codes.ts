import type { ErrorCodeEntry, MessageStatus } from '../../contract/index.ts'
import type { SkipReason } from './message.ts'

/** Kept beside the state of a message, though nothing failed. */
export const heldCode = 'held_for_quality_assessment'
/** A person knows that it never went. */
export const notSentCode = 'marked_not_sent'

type Words = Omit<ErrorCodeEntry, 'code'>

const skipWords: Record<SkipReason, Words> = {
  opted_out: {
    provider: 'parley',
    title: 'Opted out',
    reason: 'The person does not want messages of this kind, so it was not sent.',
    advice: 'Nothing to do. They can opt in again by writing or in their contact page.',
    who_acts: 'recipient',
    policy: 'leave_out',
  },
  window_closed: {
    provider: 'parley',
    title: 'Window closed',
    reason: 'More than 24 hours had passed since the person last wrote, so it was not sent.',
    advice: 'Send a template.',
    who_acts: 'sender',
    policy: 'leave_out',
  },
  template_not_approved: {
    provider: 'parley',
    title: 'Template not approved',
    reason: 'The template was not approved any more when the message was due, so it was not sent.',
    advice: 'Use another template, or send again when it is approved.',
    who_acts: 'template_author',
    policy: 'leave_out',
  },
  too_late: {
    provider: 'parley',
    title: 'Too late for a one-time code',
    reason: 'It could not go out for ten minutes, and a code that comes so late is worse than none.',
    advice: 'Send a new code.',
    who_acts: 'sender',
    policy: 'leave_out',
  },
}

/** What a code means that is no failure: shown as long as the message is in this status. */
const stateWords: Record<string, Words & { status: MessageStatus }> = {
  [heldCode]: {
    status: 'accepted',
    provider: 'meta',
    title: 'Held for quality assessment',
    reason: 'WhatsApp keeps it back while it watches how the first ones of this template are received.',
    advice: 'Nothing to do: it is released, or fails as the template is paused, mostly within an hour.',
    who_acts: 'provider',
    policy: 'wait_for_provider',
  },
  [notSentCode]: {
    status: 'cancelled',
    provider: 'parley',
    title: 'Marked as not sent',
    reason: 'Nobody knew whether it was sent; a person decided that it was not.',
    advice: 'It can still be sent again.',
    who_acts: 'sender',
    policy: 'leave_out',
  },
}

/** Words for a code of a message in this status that no provider refused; null for a provider's code. */
export function describeStateCode(code: string, status: MessageStatus): Words | null {
  const state = stateWords[code]
  if (state?.status === status) return state
  return (status === 'failed' || status === 'skipped') && isSkipReason(code) ? skipWords[code] : null
}

/** The codes of messages that are in no provider's table of errors. */
export function listStateCodes(): ErrorCodeEntry[] {
  return Object.entries({ ...stateWords, ...skipWords }).map(
    ([code, { provider, title, reason, advice, who_acts, policy }]) => ({
      provider,
      code,
      title,
      reason,
      advice,
      policy,
      who_acts,
    }),
  )
}

function isSkipReason(code: string): code is SkipReason {
  return Object.hasOwn(skipWords, code)
}
