import type { ErrorTable } from './error-entry.ts'

/** What concerns the person written to. https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes, read 2026-11-19. */
export const recipientErrors: ErrorTable = {
  1026: {
    title: 'Receiver incapable',
    reason: "The person's WhatsApp is too old for this type of message.",
    advice: 'Send a plain text instead.',
    policy: 'final',
  },
  130403: {
    title: 'Blocked by business',
    reason: 'This person is on your block list.',
    advice: 'Unblock the person first.',
    policy: 'final',
  },
  130472: {
    title: "User's number is part of an experiment",
    reason: 'Meta did not deliver this marketing message, as part of an experiment. It is not charged.',
    advice: 'Do not try again today.',
    policy: 'wait_a_day',
  },
  131021: {
    title: 'Recipient cannot be sender',
    reason: 'The number cannot write to itself.',
    advice: 'Send to another number.',
    policy: 'final',
  },
  131026: {
    title: 'Message undeliverable',
    reason: 'The number is not on WhatsApp, or its WhatsApp cannot take this message.',
    advice: 'Check the number, or reach the person another way.',
    policy: 'final',
  },
  131030: {
    title: 'Recipient phone number not in allowed list',
    reason: 'A test number may only write to the phones on its list.',
    advice: 'Add the phone to the list under WhatsApp, API setup, or use a number of your own.',
    policy: 'final',
  },
  131035: {
    title: 'Webhook not delivered within retention',
    reason: 'Nothing is stored for this number, and the news came too late to be passed on.',
    advice: null,
    policy: 'final',
  },
  131036: {
    title: 'Message not delivered within retention',
    reason: 'Nothing is stored for this number, and the message could not be delivered in time.',
    advice: 'Send it again when the person is likely to be online.',
    policy: 'final',
  },
  131043: {
    title: 'Message expired',
    reason: 'The message could not be delivered in its time.',
    advice: 'Send it again if it still matters.',
    policy: 'final',
  },
  131047: {
    title: 'Re-engagement message',
    reason: 'More than 24 hours have passed since the person last wrote.',
    advice: 'Send an approved template.',
    policy: 'final',
  },
  131049: {
    title: 'This message was not delivered to maintain healthy ecosystem engagement',
    reason: 'Meta did not deliver this marketing message: the person gets many of them.',
    advice: 'Wait at least a day; trying sooner makes it worse.',
    policy: 'wait_a_day',
  },
  131050: {
    title: 'User has stopped marketing messages',
    reason: 'The person has stopped marketing messages from you.',
    advice: 'Do not send marketing to this person again.',
    policy: 'suppress',
  },
  131062: {
    title: 'Recipient not supported',
    reason: 'This message needs a phone number; only a user id is known.',
    advice: 'Ask the person for their number first.',
    policy: 'final',
  },
  137000: {
    title: 'Identity key hash mismatch',
    reason: 'The person has a new phone or number since it was last checked.',
    advice: 'Check who the person is before you write again.',
    policy: 'final',
  },
  139100: {
    title: 'Bulk blocking partially failed',
    reason: 'Some people could not be blocked or unblocked.',
    advice: 'Try again with the ones that are left.',
    policy: 'final',
  },
  139101: {
    title: 'Block list limit reached',
    reason: 'The block list of this number is full.',
    advice: 'Unblock people first.',
    policy: 'final',
  },
  139102: {
    title: 'Block list concurrent update',
    reason: 'The block list was changed at the same time.',
    advice: 'Try again.',
    policy: 'retry',
  },
  139103: {
    title: 'Block list internal error',
    reason: 'Meta could not change the block list.',
    advice: 'Try again.',
    policy: 'retry',
  },
}
