import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Pace } from './pace.ts'

/** The fullest second there is, wherever it begins. */
function worstSecond(timesMs: readonly number[]): number {
  let worst = 0
  let first = 0
  for (const [index, time] of timesMs.entries()) {
    while (time - (timesMs[first] ?? 0) >= 1_000) first += 1
    worst = Math.max(worst, index - first + 1)
  }
  return worst
}

const steps = fc.array(fc.oneof(fc.double({ min: 0, max: 30, noNaN: true }), fc.constant(5_000)), {
  minLength: 50,
  maxLength: 600,
})

describe('the pace', () => {
  it('never gives out more than the limit in any sliding second, whatever the stalls', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), steps, (limit, waits) => {
        const pace = new Pace(limit, 0)
        const sent: number[] = []
        let nowMs = 0
        for (const wait of waits) {
          nowMs += wait
          while (pace.take(nowMs)) sent.push(nowMs)
        }
        expect(worstSecond(sent)).toBeLessThanOrEqual(limit)
      }),
    )
  })

  it('starts empty, because the owner before may have just used it up', () => {
    expect(new Pace(1_000, 0).take(0)).toBe(false)
  })

  it.each([20, 80, 1_000])('uses at least nine tenths of %i per second', (limit) => {
    const pace = new Pace(limit, 0)
    let sent = 0
    for (let nowMs = 0; nowMs <= 20_000; nowMs += 4) while (pace.take(nowMs)) sent += 1
    expect(sent / 20).toBeGreaterThanOrEqual(limit * 0.9)
  })

  it('says how long to wait for the next one', () => {
    const pace = new Pace(80, 0)
    const waitMs = pace.msUntilNext(0)
    expect(pace.take(waitMs - 0.1)).toBe(false)
    expect(pace.take(waitMs + 0.1)).toBe(true)
  })

  it('keeps nothing saved up above a limit that fell', () => {
    const pace = new Pace(1_000, 0)
    pace.msUntilNext(1_000)
    pace.set(10, 1, 1_000)
    expect([pace.take(1_000), pace.take(1_000)]).toEqual([true, false])
  })
})
