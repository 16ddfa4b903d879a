import type { ErrorTable } from './error-entry.ts'

const tryLater = 'Try again later. If it goes on, look at metastatus.com.'

/** What is wrong with a request, or with the platform itself. https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes, read 2026-11-19. */
export const messageErrors: ErrorTable = {
  1: {
    title: 'API Unknown',
    reason: 'Meta reported an unknown error.',
    advice: tryLater,
    policy: 'retry',
  },
  2: { title: 'API Service', reason: 'Meta is overloaded or down.', advice: tryLater, policy: 'retry' },
  33: {
    title: 'Parameter value is not valid',
    reason: 'Meta no longer knows this phone number id.',
    advice: 'Check in WhatsApp Manager whether the number was deleted or moved.',
    policy: 'stop_number',
  },
  100: {
    title: 'Invalid parameter',
    reason: 'Meta refused a value of the message.',
    advice: 'Read the details; correct the message and send it again.',
    policy: 'final',
  },
  131000: {
    title: 'Something went wrong',
    reason: 'Meta could not send the message and does not say why.',
    advice: tryLater,
    policy: 'retry',
  },
  131005: {
    title: 'Access denied',
    reason: 'A permission is missing or was taken away.',
    advice:
      'Check in Meta Business settings that the system user has this WhatsApp account and both WhatsApp permissions.',
    policy: 'stop_number',
  },
  131008: {
    title: 'Required parameter is missing',
    reason: 'The message lacks something that Meta asks for.',
    advice: 'Read the details; correct the message and send it again.',
    policy: 'final',
  },
  131009: {
    title: 'Parameter value is not valid',
    reason: 'Meta refused a value of the message.',
    advice: 'Read the details; correct the message and send it again.',
    policy: 'final',
  },
  131016: {
    title: 'Service unavailable',
    reason: 'A service of Meta is down for a time.',
    advice: tryLater,
    policy: 'retry',
  },
  131051: {
    title: 'Unsupported message type',
    reason: 'WhatsApp does not support this type of message here.',
    advice: 'Send another type of message.',
    policy: 'final',
  },
  131052: {
    title: 'Media download error',
    reason: 'The file could not be fetched.',
    advice: 'Ask the person to send it again; for a link, check that it can be opened without signing in.',
    policy: 'final',
  },
  131053: {
    title: 'Media upload error',
    reason: 'WhatsApp refused the file: its type, format or size.',
    advice: 'Send it in a supported format and size.',
    policy: 'final',
  },
  131055: {
    title: 'Method not allowed',
    reason: 'Only marketing templates may be sent this way.',
    advice: 'Send this message as an ordinary one.',
    policy: 'final',
  },
  131057: {
    title: 'Account in maintenance mode',
    reason: 'Meta is upgrading the number; this takes up to a minute.',
    advice: 'Parley waits and tries again for a while. What failed in spite of it can be sent again later.',
    policy: 'retry',
    retryAfterMs: 60_000,
  },
  131059: {
    title: 'Invalid paging cursor',
    reason: 'Meta no longer knows this page of a list.',
    advice: 'Start again with the first page.',
    policy: 'final',
  },
  131063: {
    title: 'Marketing messages are disabled on this API',
    reason: 'Marketing templates of this account must take another way.',
    advice: 'Read the marketing settings of the account in WhatsApp Manager.',
    policy: 'final',
  },
  135000: {
    title: 'Generic user error',
    reason: 'Meta could not send the message because of one of its values.',
    advice: 'Read the details; correct the message and send it again.',
    policy: 'final',
  },
  2494100: {
    title: 'Maintenance mode',
    reason: 'Meta is working on the number.',
    advice: 'Parley waits and tries again for a while. What failed in spite of it can be sent again later.',
    policy: 'retry',
    retryAfterMs: 60_000,
  },
}
