import { describe, expect, it } from 'vitest'
import { heldClock } from '../testing/held-clock.ts'
import { holdLane } from './held-lane.ts'

const lease = { kind: 'sending', key: 'num_1', epoch: 7, owner: 'me' }

describe('a held lane', () => {
  it('is valid for 2.3 s counted from before the request was sent', async () => {
    const clock = heldClock()
    const lane = holdLane(lease, clock, clock.monotonicMs())
    await clock.advance(2_299)
    expect(lane.isValid()).toBe(true)
    expect(lane.isValid(1)).toBe(false)
    await clock.advance(1)
    expect(lane.isValid()).toBe(false)
  })

  it('becomes valid again with a renewal, unless it was dropped', async () => {
    const clock = heldClock()
    const lane = holdLane(lease, clock, clock.monotonicMs())
    await clock.advance(5_000)
    lane.renewed(clock.monotonicMs())
    expect(lane.isValid()).toBe(true)
    lane.drop()
    lane.renewed(clock.monotonicMs())
    expect(lane.isValid()).toBe(false)
    expect(lane.signal.aborted).toBe(true)
  })
})
