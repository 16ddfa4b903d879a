import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concernsWholeNumber, retryInMs } from './retry-policy.ts'

const calm = { retryAfterMs: null, random: 0 }

describe('putting a message off', () => {
  it('doubles the wait each time, and ends', () => {
    const waits = Array.from({ length: 10 }, (_, deferrals) =>
      retryInMs({ ...calm, code: '134101', deferrals }),
    )
    expect(waits.slice(0, 3)).toEqual([1_000, 2_000, 4_000])
    expect(waits.slice(8)).toEqual([null, null])
  })

  it('for a limit of the number or the account goes on for most of a day before the message fails', () => {
    for (const code of ['130429', '80007', '131057', 'gupshup.too_many_requests']) {
      const waits = Array.from({ length: 31 }, (_, deferrals) => retryInMs({ ...calm, code, deferrals }))
      const hours = waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0) / 3_600_000
      expect(hours).toBeGreaterThan(12)
      expect(hours).toBeLessThan(24)
      expect(waits.at(-1)).toBeNull()
    }
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

it('a limit of the number concerns all its messages, and so does any 429 but that of a pair', () => {
  expect(concernsWholeNumber('80007', 400)).toBe(true)
  expect(concernsWholeNumber('999001', 429)).toBe(true)
  expect(concernsWholeNumber('131056', 429)).toBe(false)
  expect(concernsWholeNumber('134101', 400)).toBe(false)
})
