import { expect, it } from 'vitest'
import { Chance } from '../../faults/chance.ts'
import { nonEmpty } from '../scenario.ts'
import type { Past, Weighted } from './operation.ts'
import { operations } from './operations.ts'
import { openPair } from './pair.ts'
import { pictureIn, pictureOf } from './picture.ts'

const seeds = Array.from({ length: 12 }, (_, index) => index + 1)
const operationCount = 300

/** What the simulation relies on: its model of the database does what the statements do. */
it.each(seeds)(
  'the model and PostgreSQL agree on every answer and every row (seed %i)',
  async (seed) => {
    const pair = await openPair()
    const chance = new Chance(seed)
    const past: Past = { leases: [], claimed: [], told: [], early: [], names: 0 }
    const done: string[] = []
    for (let n = 0; n < operationCount; n += 1) {
      const [name, , run] = choose(chance)
      done.push(name)
      const [inDatabase, inModel] = await run(pair, chance, past)
      const story = `seed ${seed}, operation ${n}: ${done.slice(-6).join(', ')}`
      expect(inModel, story).toEqual(inDatabase)
      expect(pictureOf(pair.model.tables, pair.nowMs()), story).toEqual(await pictureIn(pair.database))
    }
  },
  120_000,
)

function choose(chance: Chance): Weighted {
  let left = chance.number() * operations.reduce((sum, [, weight]) => sum + weight, 0)
  for (const operation of operations) {
    left -= operation[1]
    if (left < 0) return operation
  }
  return nonEmpty(operations)[0]
}
