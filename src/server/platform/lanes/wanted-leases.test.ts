import { describe, expect, it } from 'vitest'
import { WantedLeases } from './wanted-leases.ts'

describe('leases of others', () => {
  it('are worth a try when they run out, each once', () => {
    const wanted = new WantedLeases()
    const leases = [
      { key: 'a', free_in_ms: 120 },
      { key: 'b', free_in_ms: 2_900 },
    ]
    wanted.note(leases, 1_000)
    expect(wanted.msUntilNext(1_000)).toBe(120)
    expect(wanted.takeFree(1_119)).toEqual([])
    expect(wanted.takeFree(1_120)).toEqual(['a'])
    expect(wanted.takeFree(1_120)).toEqual([])
    expect(wanted.msUntilNext(1_120)).toBe(2_780)
  })

  it('are forgotten at the next look: they were renewed, or nobody wants them any more', () => {
    const wanted = new WantedLeases()
    wanted.note([{ key: 'a', free_in_ms: 120 }], 1_000)
    wanted.note([], 1_050)
    expect(wanted.msUntilNext(1_050)).toBe(Number.POSITIVE_INFINITY)
    expect(wanted.takeFree(9_000)).toEqual([])
  })
})

it('a free lease beyond the share is left to others for a second, however often it is seen', () => {
  const wanted = new WantedLeases()
  for (const nowMs of [1_000, 1_250, 1_999]) {
    expect(wanted.takeFree(nowMs)).toEqual([])
    wanted.note([{ key: 'a', free_in_ms: 0 }], nowMs)
  }
  expect(wanted.takeFree(2_000)).toEqual(['a'])
})
