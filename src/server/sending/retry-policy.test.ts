import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryInMs } from './retry-policy.ts'

const calm = { retryAfterMs: null, random: 0 }

describe('putting a message off', () => {
  it('doubles the wait each time, and ends', () => {
    const waits = Array.from({ length: 10 }, (_, deferrals) =>
      retryInMs({ ...calm, code: '130429', deferrals }),
    )
    expect(waits.slice(0, 3)).toEqual([1_000, 2_000, 4_000])
    expect(waits.slice(8)).toEqual([null, null])
  })

  it('gives a recipient with too many messages at least the six seconds that refill one', () => {
    expect(retryInMs({ ...calm, code: '131056', deferrals: 0 })).toBe(6_000)
    expect(retryInMs({ ...calm, code: '131056', deferrals: 2 })).toBe(96_000)
  })

  it('never comes back before the provider said', () => {
    fc.assert(
      fc.property(
        fc.nat(7),
        fc.nat(86_400_000),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (deferrals, retryAfterMs, random) => {
          const wait = retryInMs({ code: '130429', deferrals, retryAfterMs, random })
          expect(wait).toBeGreaterThanOrEqual(retryAfterMs)
        },
      ),
    )
  })
})
