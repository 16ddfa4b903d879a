import { type ErrorDescription, metaErrors } from '../meta/describe-error.ts'
import type { ErrorEntry } from '../meta/errors/error-entry.ts'

const wrongApp: ErrorEntry = {
  title: 'App and number do not match',
  reason: 'Gupshup does not know this app name together with this number.',
  advice: 'Copy app name and number from the Gupshup console, and connect the app anew.',
  policy: 'stop_number',
}
const windowClosed: ErrorEntry = {
  title: 'Outside the 24 hours',
  reason: 'More than 24 hours have passed since the person last wrote.',
  advice: 'Send an approved template.',
  policy: 'final',
}
const noOptIn: ErrorEntry = {
  title: 'No opt-in at Gupshup',
  reason: 'Gupshup has no opt-in of this person.',
  advice: 'Opt-ins are not needed by newer apps; ask the support of Gupshup about this app.',
  policy: 'final',
}

const answers = {
  invalid_destination: {
    title: 'Invalid destination',
    reason: 'Gupshup does not take this number for a phone number.',
    advice: 'Check the number.',
    policy: 'final',
  },
  invalid_app: wrongApp,
  unauthorized: {
    title: 'Authentication failed',
    reason: 'Gupshup does not accept the API key.',
    advice: 'Copy the API key from the Gupshup console, and connect the app anew.',
    policy: 'stop_number',
  },
  too_many_requests: {
    title: 'Too many requests',
    reason: 'The app sent faster than Gupshup allows.',
    advice:
      'Parley slows down and tries again for a while. What failed in spite of it can be sent again later.',
    policy: 'retry',
  },
  not_supported: {
    title: 'Not possible through Gupshup',
    reason: 'Gupshup has no form for this message.',
    advice: 'Read the details; send it another way.',
    policy: 'final',
  },
  refused: {
    title: 'Refused by Gupshup',
    reason: 'Gupshup refused the message.',
    advice: 'Read the details of Gupshup.',
    policy: 'final',
  },
} satisfies Record<string, ErrorEntry>

/** Codes of failed messages. https://docs.gupshup.io/docs/whatsapp-error-codes, read 2026-10-01. */
const failures: Record<string, ErrorEntry> = {
  470: windowClosed,
  500: {
    title: 'Internal error',
    reason: 'Something went wrong inside Gupshup.',
    advice: 'Try again later.',
    policy: 'retry',
  },
  1001: wrongApp,
  1002: {
    title: 'Not on WhatsApp',
    reason: 'The number is not on WhatsApp.',
    advice: 'Check the number, or reach the person another way.',
    policy: 'final',
  },
  1003: {
    title: 'Balance too low',
    reason: 'The Gupshup wallet has too little money.',
    advice: 'Top up the wallet in the Gupshup console, then resume.',
    policy: 'stop_number',
  },
  1004: windowClosed,
  1005: {
    title: 'Template did not match',
    reason: 'The 24 hours are over, and the text is no approved template.',
    advice: 'Send an approved template.',
    policy: 'final',
  },
  1006: noOptIn,
  1007: noOptIn,
  1008: noOptIn,
  1009: {
    title: 'Parameter missing',
    reason: 'The message lacks something that Gupshup needs.',
    advice: 'Read the details of Gupshup.',
    policy: 'final',
  },
  1010: {
    title: 'Invalid media address',
    reason: 'Gupshup could not fetch the file.',
    advice: 'The address of the file must be public and begin with https.',
    policy: 'final',
  },
  1011: {
    title: 'Invalid media size',
    reason: 'The file is too large.',
    advice: 'Send a smaller file.',
    policy: 'final',
  },
  1012: {
    title: 'Opted out',
    reason: 'The person has opted out at Gupshup.',
    advice: 'Do not send to this person again.',
    policy: 'suppress',
  },
  4001: {
    title: 'Rate limited',
    reason: 'Gupshup limits this app for sending too fast.',
    advice: 'Stop sending, and ask the support of Gupshup.',
    policy: 'stop_number',
  },
  4002: {
    title: 'Invalid answer of WhatsApp',
    reason: 'WhatsApp gave Gupshup an answer it did not understand.',
    advice: 'Try again later.',
    policy: 'retry',
  },
  4003: {
    title: 'No such template',
    reason: 'Gupshup knows no template that matches.',
    advice: 'Sync the templates and choose an approved one.',
    policy: 'stop_template',
  },
  4004: {
    title: 'Only on Cloud API',
    reason: 'This message needs an app on the Cloud API.',
    advice: 'Ask Gupshup to move the app to the Cloud API.',
    policy: 'final',
  },
  4005: {
    title: 'Template is paused',
    reason: 'The template is paused because of its quality.',
    advice: 'Wait until it is active again, or choose another template.',
    policy: 'stop_template',
  },
}

const unknownFailure: ErrorEntry = {
  title: 'Unknown error',
  reason: 'Gupshup reports a code that Parley does not know.',
  advice: 'Read the details of Gupshup.',
  policy: 'final',
}

const prefix = 'gupshup.'
const known = new Map<string, ErrorEntry>(Object.entries({ ...answers, ...failures }))

export type AnswerCode = keyof typeof answers

/** A refusal that came with the answer; Gupshup words these and gives them no number. */
export function answerCode(name: AnswerCode): string {
  return `${prefix}${name}`
}

/** The code of a failed message in Parley's code space. Gupshup passes Meta's codes through beside its own. */
export function failureCode(code: string): string {
  const isOfMeta = failures[code] === undefined && metaErrors[Number(code)] !== undefined
  return isOfMeta || /^\d{6,9}$/.test(code) ? code : `${prefix}${code}`
}

/** null for codes that aren't Gupshup's own. */
export function describeGupshupError(code: string): ErrorDescription | null {
  if (!code.startsWith(prefix)) return null
  const entry = known.get(code.slice(prefix.length)) ?? unknownFailure
  const { title, reason, advice, policy, retryAfterMs } = entry
  return { title, reason, advice, policy, retry_after_ms: retryAfterMs ?? null }
}

/** All of Gupshup's own codes, as they stand in the errors of messages. */
export function gupshupErrors(): (ErrorEntry & { code: string })[] {
  return [...known].map(([code, entry]) => ({ ...entry, code: `${prefix}${code}` }))
}
