import { describe, expect, it } from 'vitest'
import { numberId, workspaceId } from '../../contract/index.ts'
import type { KnownLimits } from '../connectors/index.ts'
import { createLog } from '../platform/index.ts'
import { heldClock } from '../platform/testing/index.ts'
import { LimitKeeper, type LimitKeeperOptions } from './limit-keeper.ts'
import { PairLimit } from './pair-limit.ts'
import { SlowDown } from './slow-down.ts'

const number = {
  workspaceId: workspaceId.parse(`wsp_${'1'.repeat(32)}`),
  numberId: numberId.parse(`num_${'1'.repeat(32)}`),
}
const lane = {
  kind: 'sending',
  key: number.numberId,
  epoch: 1,
  owner: 'me',
  isValid: () => true,
  signal: new AbortController().signal,
}

/** A keeper on rows that a test sets, and what it wrote. */
function keeperOn(known: Partial<KnownLimits> = {}) {
  const clock = heldClock()
  const rows: KnownLimits = { stop: null, too_fast_told: 0, crowded: [], ...known }
  const written: unknown[] = []
  const trouble = { isAway: false }
  const answer = async <Row>(row: Row) => {
    if (trouble.isAway) throw new Error('the database is away')
    return row
  }
  const store: LimitKeeperOptions['ctx']['store'] = {
    knownLimits: () => answer(rows),
    keepStop: async (_lane, _number, stop) => void written.push(await answer(stop)),
    keepCrowdedPairs: async (_lane, _number, pairs) => void written.push(await answer(pairs)),
  }
  const slowDown = new SlowDown(clock.monotonicMs())
  const ctx = { clock, store, log: createLog({ level: 'silent' }) }
  const keeper = new LimitKeeper({ ctx, lane, number, slowDown, pairs: new PairLimit() })
  const msStopped = () => slowDown.msStopped(clock.monotonicMs())
  return { clock, rows, written, trouble, slowDown, keeper, msStopped }
}

describe('what a provider asked of a number', () => {
  it('is written once when it begins, when it moves and when it is over', async () => {
    const { clock, written, slowDown, keeper } = keeperOn()
    await keeper.tend()
    slowDown.stop('asked_to_wait', 60_000, clock.monotonicMs())
    for (let look = 0; look < 5; look += 1) {
      await keeper.tend()
      await clock.advance(1_000)
    }
    expect(written).toEqual([{ reason: 'asked_to_wait', since_ms: 0, left_ms: 60_000 }])
    slowDown.stop('asked_to_wait', 90_000, clock.monotonicMs())
    await keeper.tend()
    expect(written).toHaveLength(2)
    await clock.advance(90_000)
    await keeper.tend()
    await keeper.tend()
    expect(written.slice(2)).toEqual([null])
  })

  it('is not worth a write when it lasts a second', async () => {
    const { clock, written, slowDown, keeper } = keeperOn()
    await keeper.tend()
    slowDown.stop('too_fast', 1_000, clock.monotonicMs())
    await keeper.tend()
    await keeper.leave()
    expect(written).toEqual([])
  })

  it('holds for the next lane, which need not write it again', async () => {
    const stop = { reason: 'too_fast' as const, lasts_ms: 60_000, left_ms: 20_000 }
    const { written, keeper, msStopped } = keeperOn({ stop })
    expect(await keeper.tend()).toBe(true)
    expect(msStopped()).toBe(20_000)
    expect(written).toEqual([])
  })

  it('lets nothing go while it is not known', async () => {
    const { trouble, keeper } = keeperOn()
    trouble.isAway = true
    expect(await keeper.tend()).toBe(false)
    trouble.isAway = false
    expect(await keeper.tend()).toBe(true)
    trouble.isAway = true
    expect(await keeper.tend()).toBe(true)
  })

  it('does not hold for the next lane where this one only had no way to the provider', async () => {
    const stop = { reason: 'unreachable' as const, lasts_ms: 10_000, left_ms: 9_000 }
    const { written, keeper, msStopped } = keeperOn({ stop })
    await keeper.tend()
    expect(msStopped()).toBe(0)
    await keeper.tend()
    expect(written).toEqual([null])
  })
})

it('what statuses tell of the speed slows a lane that runs, and not one that has just begun', async () => {
  const { clock, rows, keeper, slowDown, msStopped } = keeperOn({ too_fast_told: 40 })
  await keeper.tend()
  expect(msStopped()).toBe(0)
  rows.too_fast_told = 45
  await clock.advance(1_000)
  await keeper.tend()
  await clock.advance(1_000)
  expect(slowDown.shareOfLimit(clock.monotonicMs())).toBeCloseTo(0.9)
})
