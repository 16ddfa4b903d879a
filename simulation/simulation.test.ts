import { describe, expect, it } from 'vitest'
import { runSeeds } from './run-seeds.ts'
import { sabotages } from './sabotage.ts'
import { simulate } from './simulate.ts'

const seeds = { from: 1, count: 2_500 }
const soonMax = 1_000

describe('sending, with a crash possible between any two awaits', () => {
  it(`keeps its promises under ${seeds.count} seeds`, async () => {
    const { failures, summary } = await runSeeds(seeds)
    expect(failures, summary).toEqual([])
  }, 240_000)

  it('repeats a run exactly by its seed', async () => {
    expect(await simulate(77)).toEqual(await simulate(77))
  })
})

describe('the simulation notices', () => {
  it.each(Object.keys(sabotages))(
    'that %s',
    async (name) => {
      const sabotage = sabotages[name]
      if (sabotage === undefined) throw new Error(`There is no sabotage "${name}".`)
      const { failures, summary } = await runSeeds({ from: 1, count: soonMax, sabotage, stopAtFirst: true })
      expect(failures, summary).toHaveLength(1)
    },
    60_000,
  )
})
