/** The number as a whole sent faster than it may. */
const tooFast: ReadonlySet<string> = new Set(['130429', 'gupshup.too_many_requests'])

/** One recipient got too much of one number. */
const pairLimit = '131056'

/**
 * One message each six seconds from one number to one person, and 45 at once after a rest. Meta's throughput page, read
 * 2026-11-21.
 */
export const pairLimits = { refillMs: 6_000, burst: 45 } as const

export function isTooFast(code: string): boolean {
  return tooFast.has(code)
}

export function isPairLimit(code: string): boolean {
  return code === pairLimit
}
