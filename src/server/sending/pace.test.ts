import { describe, expect, it } from 'vitest'
import { Pace } from './pace.ts'

describe('the pace', () => {
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

  it('makes up for a timer that was late, but not for a long stop', () => {
    const pace = new Pace(80, 0)
    let caughtUp = 0
    while (pace.take(60_000)) caughtUp += 1
    expect(caughtUp).toBe(5)
  })
})
