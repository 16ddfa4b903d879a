import { describe, expect, it } from 'vitest'
import { SlowDown } from './slow-down.ts'

describe('slowing down', () => {
  it('takes a tenth off after a second with "too fast", and gives a hundredth back for each clean one', () => {
    const slow = new SlowDown(0)
    for (let n = 0; n < 99; n++) slow.note(false, n)
    slow.note(true, 100)
    expect(slow.shareOfLimit(999)).toBe(1)
    expect(slow.shareOfLimit(1_000)).toBeCloseTo(0.9)
    expect(slow.shareOfLimit(3_000)).toBeCloseTo(0.92)
    expect(slow.shareOfLimit(60_000)).toBe(1)
  })

  it('goes on sending at one per cent of "too fast"', () => {
    const slow = new SlowDown(0)
    for (let n = 0; n < 200; n++) slow.note(n % 100 === 0, n)
    expect(slow.msStopped(200)).toBe(0)
  })

  it('stops for a second when a fifth of the answers says so', () => {
    const slow = new SlowDown(0)
    for (let n = 0; n < 20; n++) slow.note(n % 4 === 0, n)
    expect(slow.msStopped(20)).toBeGreaterThan(900)
    expect(slow.msStopped(1_100)).toBe(0)
  })

  it('waits as long as the provider asked', () => {
    const slow = new SlowDown(0)
    slow.stop('asked_to_wait', 30_000, 0)
    slow.stop('too_fast', 1_000, 5_000)
    expect(slow.msStopped(10_000)).toBe(20_000)
    expect(slow.standing(10_000)).toEqual({ reason: 'asked_to_wait', sinceMs: 0, untilMs: 30_000 })
    expect(slow.standing(30_000)).toBeNull()
  })

  it('slows and stops by what statuses tell of messages that had been accepted', () => {
    const slow = new SlowDown(0)
    slow.noteToldLate(0, 100)
    slow.noteToldLate(3, 100)
    expect(slow.msStopped(100)).toBe(0)
    expect(slow.shareOfLimit(1_000)).toBeCloseTo(0.9)
    slow.noteToldLate(12, 1_500)
    expect(slow.msStopped(1_500)).toBe(1_000)
  })

  it('counts stops of a kind that follow each other closely as one', () => {
    const slow = new SlowDown(0)
    slow.stop('too_fast', 2_000, 1_000)
    slow.stop('too_fast', 2_000, 4_000)
    expect(slow.standing(5_000)?.sinceMs).toBe(1_000)
    slow.stop('asked_to_wait', 9_000, 5_000)
    expect(slow.standing(5_000)?.sinceMs).toBe(5_000)
    slow.stop('asked_to_wait', 2_000, 60_000)
    expect(slow.standing(60_000)?.sinceMs).toBe(60_000)
  })

  it('never comes to a halt for good', () => {
    const slow = new SlowDown(0)
    for (let second = 0; second < 300; second++) slow.note(true, second * 1_000)
    expect(slow.shareOfLimit(300_000)).toBeGreaterThan(0.04)
  })
})

describe('a provider that gives no clear answer', () => {
  const unclear = (slow: SlowDown, times: number, atMs: number) => {
    for (let n = 0; n < times; n++) slow.noteUnclear(atMs)
  }

  it('is left alone after ten in a row, longer each time, up to half a minute', () => {
    const slow = new SlowDown(0)
    unclear(slow, 9, 0)
    expect(slow.msStopped(0)).toBe(0)
    expect(slow.isProbing).toBe(false)
    unclear(slow, 1, 0)
    expect(slow.msStopped(0)).toBe(1_000)
    const stops: number[] = []
    for (let nowMs = 1_000; stops.length < 7; nowMs += slow.msStopped(nowMs)) {
      unclear(slow, 1, nowMs)
      stops.push(slow.msStopped(nowMs))
    }
    expect(stops).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  })

  it('is left alone once for all that were on their way', () => {
    const slow = new SlowDown(0)
    unclear(slow, 40, 0)
    expect(slow.msStopped(0)).toBe(1_000)
    unclear(slow, 1, 1_000)
    expect(slow.msStopped(1_000)).toBe(2_000)
  })

  it('is trusted again with the first clear one', () => {
    const slow = new SlowDown(0)
    unclear(slow, 12, 0)
    expect(slow.isProbing).toBe(true)
    slow.note(false, 1_000)
    expect(slow.isProbing).toBe(false)
    unclear(slow, 10, 2_000)
    expect(slow.msStopped(2_000)).toBe(1_000)
  })

  it('stands still until a clear answer, also while it is being asked', () => {
    const slow = new SlowDown(0)
    unclear(slow, 10, 0)
    expect(slow.standing(3_000)).toEqual({ reason: 'no_clear_answers', sinceMs: 0, untilMs: 1_000 })
    unclear(slow, 1, 9_000)
    expect(slow.standing(9_000)).toEqual({ reason: 'no_clear_answers', sinceMs: 0, untilMs: 11_000 })
    slow.note(false, 12_000)
    expect(slow.standing(12_000)).toBeNull()
  })

  it('is asked by the next lane as it would have been by this one', () => {
    const slow = new SlowDown(500_000)
    slow.resume({ reason: 'no_clear_answers', lastsMs: 8_000, leftMs: 3_000 }, 500_000)
    expect(slow.msStopped(500_000)).toBe(3_000)
    expect(slow.isProbing).toBe(true)
    unclear(slow, 1, 503_000)
    expect(slow.msStopped(503_000)).toBe(16_000)
    const late = new SlowDown(500_000)
    late.resume({ reason: 'no_clear_answers', lastsMs: 2_000, leftMs: -1_000 }, 500_000)
    expect([late.msStopped(500_000), late.isProbing]).toEqual([0, true])
  })

  it('is not taken for down by the few that are lost on an ordinary day', () => {
    const slow = new SlowDown(0)
    for (let n = 0; n < 1_000; n++) n % 3 === 0 ? slow.note(false, n) : slow.noteUnclear(n)
    expect(slow.isProbing).toBe(false)
    expect(slow.msStopped(1_000)).toBe(0)
  })
})
