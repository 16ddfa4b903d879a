import type { ErrorTable } from './error-entry.ts'

const minuteMs = 60_000
const triesAgain =
  'Parley waits and tries again for a while. What failed in spite of it can be sent again later.'

/** Too much at once. https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes, read 2026-11-19. */
export const throttlingErrors: ErrorTable = {
  4: {
    title: 'API Too Many Calls',
    reason: 'The app has used up its calls of this hour.',
    advice: triesAgain,
    policy: 'retry',
    retryAfterMs: 5 * minuteMs,
  },
  80007: {
    title: 'Rate limit issues',
    reason: 'The WhatsApp account has used up its calls of this hour.',
    advice: triesAgain,
    policy: 'retry',
    retryAfterMs: 5 * minuteMs,
  },
  130429: {
    title: 'Rate limit hit',
    reason: 'The number sent faster than Meta allows.',
    advice:
      'Parley slows down and tries again for a while. What failed in spite of it can be sent again later.',
    policy: 'retry',
  },
  131048: {
    title: 'Spam rate limit hit',
    reason: 'Meta restricts this number because too many people blocked or reported it.',
    advice: 'Stop campaigns of this number, and write only to people who expect it.',
    policy: 'stop_number',
  },
  131056: {
    title: 'Pair rate limit hit',
    reason: 'Too many messages to the same person in a short time.',
    advice: triesAgain,
    policy: 'retry',
  },
  131064: {
    title: 'Messaging limit exceeded due to template classification violations',
    reason: 'Meta limits this account because templates were put into the wrong category.',
    advice: 'Wait until Meta lifts the limit, and mend the categories of the templates.',
    policy: 'stop_number',
  },
  133016: {
    title: 'Account register deregister rate limit exceeded',
    reason: 'The number was registered too often within three days.',
    advice: 'Wait three days before registering it again.',
    policy: 'wait_a_day',
  },
}
