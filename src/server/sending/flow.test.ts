import { describe, expect, it } from 'vitest'
import { Flow } from './flow.ts'
import { SlowDown } from './slow-down.ts'

function flowOf(limitPerSecond: number, claimsMs: readonly number[]): Flow {
  const flow = new Flow(new SlowDown(0), limitPerSecond, 0)
  for (const tookMs of claimsMs) flow.claimed(tookMs)
  return flow
}

describe('intents claimed ahead', () => {
  it('last for the next claim, and little longer', () => {
    const flow = flowOf(1_000, [10, 10, 10])
    expect(flow.aheadMin).toBe(15)
    expect(flow.aheadMax).toBe(55)
  })

  it('are a handful on a slow number', () => {
    expect(flowOf(80, [10]).aheadMax).toBeLessThanOrEqual(6)
    expect(flowOf(20, [10]).aheadMax).toBeLessThanOrEqual(2)
  })

  it('grow with the time that claims take, and shrink again after it', () => {
    const flow = flowOf(1_000, [30])
    expect(flow.aheadMin).toBe(45)
    for (let claim = 0; claim < 40; claim += 1) flow.claimed(10)
    expect(flow.aheadMin).toBeLessThan(20)
  })

  it('do not grow with a claim that got stuck', () => {
    expect(flowOf(20, [60_000]).aheadMax).toBeLessThanOrEqual(4)
    expect(flowOf(1_000, [60_000]).aheadMax).toBe(100)
  })
})
