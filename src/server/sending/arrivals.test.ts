import { describe, expect, it } from 'vitest'
import { Arrivals, latestArrivalMs } from './arrivals.ts'

describe('the latest arrival of a request', () => {
  it.each([
    { what: 'just before its answer, when nothing is known', tookMs: 300, least: 0, there: 300 },
    { what: 'just before its answer, when answers are quick', tookMs: 45, least: 21, there: 45 },
    {
      what: 'with its answer, however long it took, when answers are usually quick',
      tookMs: 2_000,
      least: 21,
      there: 2_000,
    },
    { what: 'by what it took longer than the fastest', tookMs: 120, least: 80, there: 70 },
    { what: 'at once, if it was as fast as can be', tookMs: 25, least: 60, there: 0 },
    { what: 'not by what a far provider thinks', tookMs: 900, least: 200, there: 100 },
  ])('is $what', ({ tookMs, least, there }) => {
    expect(latestArrivalMs({ sentAtMs: 7, answeredAtMs: 7 + tookMs, leastRoundTripMs: least })).toBe(
      7 + there,
    )
  })
})

describe('a request counts', () => {
  it('from when it is sent until a second after its latest arrival', () => {
    const arrivals = new Arrivals(0)
    arrivals.begin()
    expect(arrivals.countAt(60_000)).toBe(1)
    arrivals.end(60_020, 60_050)
    expect(arrivals.countAt(61_019.9)).toBe(1)
    expect(arrivals.countAt(61_020)).toBe(0)
  })

  it('at once no more, if it never left', () => {
    const arrivals = new Arrivals(0)
    arrivals.begin()
    arrivals.takeBack()
    expect(arrivals.countAt(0)).toBe(0)
  })

  it('rather a part of a millisecond too long than too short', () => {
    const arrivals = new Arrivals(0.7)
    arrivals.begin()
    arrivals.end(0.8, 0.9)
    expect(arrivals.countAt(1_000.9)).toBe(1)
    expect(arrivals.countAt(1_001)).toBe(0)
  })

  it('once, whenever its second ends, also after a long silence', () => {
    const arrivals = new Arrivals(0)
    for (let atMs = 0; atMs < 5_000; atMs += 7) {
      arrivals.begin()
      arrivals.end(atMs, atMs + 3)
      expect(arrivals.countAt(atMs + 3)).toBe(Math.min(Math.floor(atMs / 7) + 1, 143))
    }
    expect(arrivals.countAt(90_000)).toBe(0)
  })
})

describe('a number that has to wait', () => {
  it('is told when the next one stops counting', () => {
    const arrivals = new Arrivals(0)
    arrivals.begin()
    arrivals.begin()
    expect(arrivals.msUntilFewer(10)).toBeNull()
    arrivals.end(200, 250)
    arrivals.end(30, 250)
    expect(arrivals.msUntilFewer(500)).toBe(530)
    expect(arrivals.msUntilNone(500)).toBe(700)
    expect(arrivals.msUntilNone(5_000)).toBe(0)
  })
})
