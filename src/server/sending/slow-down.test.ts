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
    slow.stopUntil(30_000)
    expect(slow.msStopped(10_000)).toBe(20_000)
  })

  it('never comes to a halt for good', () => {
    const slow = new SlowDown(0)
    for (let second = 0; second < 300; second++) slow.note(true, second * 1_000)
    expect(slow.shareOfLimit(300_000)).toBeGreaterThan(0.04)
  })
})
