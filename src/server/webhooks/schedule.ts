const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Waits before the second, third, … attempt: about 76 hours over twelve attempts. */
const waitsMs = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const

/** A receiver may ask for at most this long a pause. */
const retryAfterMaxMs = 24 * hour

export const attemptsMax = waitsMs.length + 1

/**
 * How long to wait after the failed attempt `attempt` (1 is the first), or null when that was the last.
 * `random` (0 ≤ r < 1) spreads the wait by ±20 %, so that endpoints that failed together don't come back together.
 * A `Retry-After` of the receiver wins when it is longer.
 */
export function waitAfterAttemptMs(
  attempt: number,
  random: number,
  retryAfterMs: number | null,
): number | null {
  const base = waitsMs[attempt - 1]
  if (base === undefined) return null
  const spread = Math.round(base * (0.8 + 0.4 * random))
  return Math.max(spread, retryAfterMs ?? 0)
}

/** `Retry-After` as seconds or as an HTTP date, cut at a day; null when absent or not understood. */
export function readRetryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  const text = header.trim()
  const waitMs = /^\d+$/.test(text) ? Number(text) * second : Date.parse(text) - now.getTime()
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(0, waitMs), retryAfterMaxMs)
}
