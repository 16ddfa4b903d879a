import type { ErrorTable } from './error-entry.ts'

const checkPermissions =
  'Check in Meta Business settings that the system user has this WhatsApp account and both WhatsApp permissions.'
const openAccountQuality =
  'Open WhatsApp Manager, read the notice of the account, and ask for a review there.'

/** 200 to 299: one permission each; the words are the same for all, and the table shows the first. */
export const permissionCodes: readonly string[] = Array.from({ length: 100 }, (_, index) =>
  String(200 + index),
)
export const permissionError = {
  title: 'API Permission',
  reason: 'The access token has no permission for this WhatsApp account.',
  advice: checkPermissions,
  policy: 'stop_number',
} as const

/** Authorisation and integrity. https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes, read 2026-11-19. */
export const accessErrors: ErrorTable = {
  0: {
    title: 'AuthException',
    reason: 'Meta does not accept the access token.',
    advice: 'Make a new access token and reconnect the number.',
    policy: 'stop_number',
  },
  3: {
    title: 'API Method',
    reason: 'The app lacks a capability or permission for this call.',
    advice: checkPermissions,
    policy: 'stop_number',
  },
  10: {
    title: 'Permission Denied',
    reason: 'A permission is missing or was taken away.',
    advice: checkPermissions,
    policy: 'stop_number',
  },
  190: {
    title: 'Access token expired',
    reason: 'The access token has expired or was revoked.',
    advice: 'Make a permanent system user token and reconnect the number.',
    policy: 'stop_number',
  },
  200: permissionError,
  368: {
    title: 'Temporarily blocked for policy violations',
    reason: 'Meta has blocked the WhatsApp account for a time because of its policies.',
    advice: openAccountQuality,
    policy: 'stop_number',
  },
  130497: {
    title: 'Business account is restricted from messaging users in this country',
    reason: 'This business may not write to people in that country.',
    advice: 'Leave numbers of that country out.',
    policy: 'final',
  },
  131031: {
    title: 'Account has been locked',
    reason: 'The WhatsApp account is locked.',
    advice: openAccountQuality,
    policy: 'stop_number',
  },
}
