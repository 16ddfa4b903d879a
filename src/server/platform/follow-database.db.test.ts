import { afterAll, expect, it } from 'vitest'
import { systemClock } from './clock.ts'
import type { Clock } from './context.ts'
import { openDatabases } from './db/connect.ts'
import { followDatabase } from './follow-database.ts'
import { createLog } from './log.ts'
import { testDatabase } from './testing/index.ts'

const { target } = await testDatabase()
const databases = openDatabases({ target })
const ended = new AbortController()
afterAll(async () => {
  ended.abort()
  await databases.close()
})

/** A machine whose clock is wrong by `aheadMs()`, and whose half minutes are over at once when `tick` is called. */
function wrongClock(aheadMs: () => number) {
  let tick: () => void = () => undefined
  const clock: Clock = {
    ...systemClock,
    now: () => new Date(Date.now() + aheadMs()),
    sleep: () => new Promise((resolve) => (tick = resolve)),
  }
  return { clock, tick: () => tick() }
}

const following = { db: databases.worker, log: createLog({ level: 'silent' }), signal: ended.signal }
const wrongBy = (clock: Clock) => Math.abs(clock.now().getTime() - Date.now())

it.each([
  ['an hour ahead', 3_600_000],
  ['ten minutes behind', -600_000],
])('F09 a hub whose machine is %s goes by the clock of the database', async (_, aheadMs) => {
  const clock = await followDatabase(wrongClock(() => aheadMs).clock, following)
  expect(wrongBy(clock)).toBeLessThan(1_000)
})

it('F09 a clock that leaps while the hub runs is put right at the next measurement', async () => {
  let aheadMs = 0
  const { clock: own, tick } = wrongClock(() => aheadMs)
  const clock = await followDatabase(own, following)
  aheadMs = -7_200_000
  expect(wrongBy(clock)).toBeGreaterThan(7_000_000)
  tick()
  await expect.poll(() => wrongBy(clock)).toBeLessThan(1_000)
})
