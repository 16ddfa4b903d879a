import { isPairLimit } from '../providers/index.ts'

/**
 * Deferrals of one message before it counts as failed. What the number or the account is held back for is no fault of the
 * message: it waits for a day.
 */
const deferralsMax = { ofMessage: 8, ofNumber: 30 }
const waitMaxMs = 3_600_000

/** Limits of the number or the whole account: all its messages have to wait, not just this one. */
const limitsOfNumber: ReadonlySet<string> = new Set([
  '4',
  '80007',
  '130429',
  '131057',
  'gupshup.too_many_requests',
])

/** A 429 is said to whoever sends, whatever the code in it, but for the pair. */
export function concernsWholeNumber(code: string, httpStatus: number): boolean {
  return limitsOfNumber.has(code) || (httpStatus === 429 && !isPairLimit(code))
}

/**
 * When a message that the provider put off may go again: in so many milliseconds, or null for never.
 * `deferrals` is how often it was put off before; `random` in [0,1) spreads what was put off together.
 */
export function retryInMs(options: {
  code: string
  deferrals: number
  retryAfterMs: number | null
  random: number
}): number | null {
  const { code, deferrals, retryAfterMs, random } = options
  const most = limitsOfNumber.has(code) ? deferralsMax.ofNumber : deferralsMax.ofMessage
  if (deferrals >= most) return null
  // Six seconds refill one message to a person, and Meta asks to wait 4 times longer each time.
  const growing = isPairLimit(code) ? 6_000 * 4 ** deferrals : 1_000 * 2 ** deferrals
  return Math.max(Math.min(growing, waitMaxMs), retryAfterMs ?? 0) * (1 + 0.2 * random)
}
