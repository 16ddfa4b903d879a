import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attemptsMax, readRetryAfterMs, waitAfterAttemptMs } from './schedule.ts'

const hour = 3_600_000

describe('the retry schedule of deliveries', () => {
  it('gives up after twelve attempts, about 76 hours after the first', () => {
    let total = 0
    for (let attempt = 1; attempt < attemptsMax; attempt++) {
      total += waitAfterAttemptMs(attempt, 0.5, null) ?? Number.NaN
    }
    expect(attemptsMax).toBe(12)
    expect(total / hour).toBeGreaterThan(75)
    expect(total / hour).toBeLessThan(77)
    expect(waitAfterAttemptMs(attemptsMax, 0.5, null)).toBeNull()
  })

  it('spreads each wait by at most a fifth', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 11 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const middle = waitAfterAttemptMs(attempt, 0.5, null) ?? 0
          const wait = waitAfterAttemptMs(attempt, random, null) ?? 0
          expect(wait).toBeGreaterThanOrEqual(middle * 0.8 - 1)
          expect(wait).toBeLessThanOrEqual(middle * 1.2 + 1)
        },
      ),
    )
  })

  it('waits as long as the receiver asks, up to a day', () => {
    expect(waitAfterAttemptMs(1, 0.5, 60_000)).toBe(60_000)
    expect(waitAfterAttemptMs(11, 0.5, 1000)).toBe(24 * hour)
    for (const centuries of ['3153600000', '9'.repeat(400), 'Fri, 01 Jan 2100 00:00:00 GMT']) {
      const asked = readRetryAfterMs(centuries, new Date('2026-05-07T10:00:00Z'))
      expect(asked, centuries).toBe(24 * hour)
      expect(waitAfterAttemptMs(1, 0.5, asked), centuries).toBe(24 * hour)
    }
  })

  it('reads Retry-After in seconds and as a date, and ignores anything else', () => {
    const now = new Date('2026-05-07T10:00:00Z')
    expect(readRetryAfterMs('120', now)).toBe(120_000)
    expect(readRetryAfterMs('Thu, 07 May 2026 10:01:00 GMT', now)).toBe(60_000)
    expect(readRetryAfterMs('Thu, 07 May 2026 09:00:00 GMT', now)).toBe(0)
    expect(readRetryAfterMs('soon', now)).toBeNull()
    expect(readRetryAfterMs(undefined, now)).toBeNull()
  })
})
