import type { ErrorTable } from './error-entry.ts'

const readTheMessage = 'Read the details in WhatsApp Manager.'

/** Payment, names, registration and moving of numbers. https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes, read 2026-11-19. */
export const accountErrors: ErrorTable = {
  131037: {
    title: 'Display name approval needed',
    reason: 'The display name of this number is not approved yet.',
    advice: 'Submit a display name in WhatsApp Manager.',
    policy: 'stop_number',
  },
  131042: {
    title: 'Business eligibility payment issue',
    reason: 'There is a problem with the payment method of the WhatsApp account.',
    advice: 'Check payment method, credit line, currency and time zone in WhatsApp Manager.',
    policy: 'stop_number',
  },
  131045: {
    title: 'Incorrect certificate',
    reason: 'The number is not registered correctly.',
    advice: 'Register the number again.',
    policy: 'stop_number',
  },
  134011: {
    title: 'Payments terms of service not accepted',
    reason: 'The terms for payments have not been accepted.',
    advice: 'Accept them in WhatsApp Manager.',
    policy: 'stop_number',
  },
  133000: {
    title: 'Incomplete deregistration',
    reason: 'An earlier deregistration was not finished.',
    advice: 'Deregister the number again, then register it.',
    policy: 'retry',
  },
  133004: {
    title: 'Server temporarily unavailable',
    reason: 'Meta is down for a time.',
    advice: 'Try again later.',
    policy: 'retry',
    retryAfterMs: 60_000,
  },
  133005: {
    title: 'Two-step verification PIN mismatch',
    reason: 'The PIN of the number is wrong.',
    advice: 'Enter the right PIN, or reset it in WhatsApp Manager.',
    policy: 'final',
  },
  133006: {
    title: 'Phone number re-verification needed',
    reason: 'The number must be verified anew.',
    advice: 'Verify the number in WhatsApp Manager.',
    policy: 'stop_number',
  },
  133008: {
    title: 'Too many two-step verification PIN guesses',
    reason: 'The PIN was entered wrongly too often.',
    advice: 'Wait as long as the details say.',
    policy: 'wait_a_day',
  },
  133009: {
    title: 'Two-step verification PIN guessed too fast',
    reason: 'The PIN was entered too quickly after the last try.',
    advice: 'Wait as long as the details say.',
    policy: 'wait_a_day',
  },
  133010: {
    title: 'Phone number not registered',
    reason: 'The number is not registered with the Cloud API.',
    advice: 'Register the number, then reconnect it.',
    policy: 'stop_number',
  },
  133015: {
    title: 'Wait before registering',
    reason: 'The number was deleted a moment ago.',
    advice: 'Wait five minutes and register it again.',
    policy: 'retry',
    retryAfterMs: 5 * 60_000,
  },
  136024: {
    title: 'Verification code error',
    reason: 'The verification code could not be sent or was refused.',
    advice: 'Ask for a new code later.',
    policy: 'wait_a_day',
  },
  1752041: {
    title: 'Duplicate request',
    reason: 'This was asked for already.',
    advice: null,
    policy: 'final',
  },
  2388001: migration(),
  2388012: migration(),
  2388091: migration(),
  2388093: migration(),
  2388103: migration(),
  2593079: migration(),
  2593085: migration(),
  2593107: {
    title: 'Sync already requested',
    reason: 'The history was asked for already, which works once only.',
    advice: 'Connect the number anew to ask again.',
    policy: 'final',
  },
  2593108: {
    title: 'Sync outside of its time',
    reason: 'The history can be asked for within 24 hours of connecting only.',
    advice: 'Connect the number anew to ask again.',
    policy: 'final',
  },
  2593109: {
    title: 'History sync is turned off',
    reason: 'The owner of the number does not share its history.',
    advice: null,
    policy: 'final',
  },
}

function migration() {
  return {
    title: 'Number cannot be moved',
    reason: 'The number could not be moved to this account, or belongs to another one.',
    advice: readTheMessage,
    policy: 'final',
  } as const
}
