import { describe, expect, it } from 'vitest'
import { RoundTrips } from './round-trips.ts'

const enough = 150

function noteMany(roundTrips: RoundTrips, tookMs: number, nowMs: number, count = enough): void {
  for (let n = 0; n < count; n += 1) roundTrips.note(tookMs, nowMs)
}

describe('the least round trip', () => {
  it('is not known before it was looked for ten seconds long', () => {
    const roundTrips = new RoundTrips(0)
    noteMany(roundTrips, 40, 100)
    expect(roundTrips.leastMs(9_999)).toBe(0)
    expect(roundTrips.leastMs(10_000)).toBe(40)
  })

  it('falls at once and is forgotten after twenty seconds', () => {
    const roundTrips = new RoundTrips(0)
    noteMany(roundTrips, 40, 9_000)
    noteMany(roundTrips, 200, 11_000)
    expect(roundTrips.leastMs(12_000)).toBe(40)
    roundTrips.note(25, 13_000)
    expect(roundTrips.leastMs(13_000)).toBe(25)
    noteMany(roundTrips, 300, 22_000)
    expect(roundTrips.leastMs(29_000)).toBe(25)
    noteMany(roundTrips, 310, 31_000)
    expect(roundTrips.leastMs(33_000)).toBe(300)
  })

  it('is not known from a few, the fastest of which may have been slow', () => {
    const roundTrips = new RoundTrips(0)
    noteMany(roundTrips, 40, 100, enough - 1)
    expect(roundTrips.leastMs(10_000)).toBe(0)
  })

  it('is not known after a silence', () => {
    const roundTrips = new RoundTrips(0)
    noteMany(roundTrips, 40, 9_000)
    expect(roundTrips.leastMs(40_000)).toBe(0)
  })
})
