import type { ErrorTable } from './error-entry.ts'

/** Templates and flows on send. https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes, read 2026-11-19. */
export const templateErrors: ErrorTable = {
  132000: {
    title: 'Template param count mismatch',
    reason: 'The number of values differs from the variables of the template.',
    advice: 'Match every variable of the template, then send again.',
    policy: 'stop_template',
  },
  132001: {
    title: 'Template does not exist',
    reason: 'The template does not exist in this language, or is not approved.',
    advice: 'Sync the templates and choose an approved one.',
    policy: 'stop_template',
  },
  132005: {
    title: 'Template hydrated text too long',
    reason: 'The text is too long once the values are filled in.',
    advice: 'Shorten the values.',
    policy: 'final',
  },
  132007: {
    title: 'Template format character policy violated',
    reason: 'The content of the template breaks a policy of WhatsApp.',
    advice: 'Change the template and submit it again.',
    policy: 'stop_template',
  },
  132012: {
    title: 'Template parameter format mismatch',
    reason: 'A value has the wrong form, for example a header without its picture.',
    advice: 'Match every variable of the template, then send again.',
    policy: 'stop_template',
  },
  132015: {
    title: 'Template is paused',
    reason: 'Meta has paused the template because of its quality.',
    advice: 'Wait until it is active again, or choose another template.',
    policy: 'stop_template',
  },
  132016: {
    title: 'Template is disabled',
    reason: 'Meta has disabled the template for good.',
    advice: 'Write a new template.',
    policy: 'stop_template',
  },
  132018: {
    title: 'Template parameter text problem',
    reason: 'A value has a line break, a tab or more than four spaces in a row.',
    advice: 'Clean the value and send again.',
    policy: 'final',
  },
  132068: {
    title: 'Flow is blocked',
    reason: 'The flow of the template is blocked.',
    advice: 'Mend the flow in WhatsApp Manager.',
    policy: 'stop_template',
  },
  132069: {
    title: 'Flow is throttled',
    reason: 'The flow may be sent ten times an hour only.',
    advice: 'Mend the flow in WhatsApp Manager; Parley waits and tries again.',
    policy: 'retry',
    retryAfterMs: 6 * 60_000,
  },
  134100: {
    title: 'Only marketing messages supported',
    reason: 'Only marketing templates may be sent this way.',
    advice: 'Send this message as an ordinary one.',
    policy: 'final',
  },
  134101: {
    title: 'Template is still syncing',
    reason: 'Meta is still preparing the template; this takes up to ten minutes.',
    advice: 'Parley waits and tries again for a while. What failed in spite of it can be sent again later.',
    policy: 'retry',
    retryAfterMs: 60_000,
  },
  134102: {
    title: 'Template unavailable for use',
    reason: 'The template cannot be used this way.',
    advice: 'Choose another template.',
    policy: 'stop_template',
  },
}
