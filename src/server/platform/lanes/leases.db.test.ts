import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { openDatabases } from '../db/connect.ts'
import { testDatabase } from '../testing/index.ts'
import { acquireLeases, leaseMs, leaseOf, releaseLease, renewLeases } from './leases.ts'

const { target } = await testDatabase()
const db = openDatabases({ target })
afterAll(() => db.close())
const kind = 'sending'

async function take(owner: string, keys: readonly string[]) {
  return (await acquireLeases(db.worker, kind, owner, keys)).taken
}

/** As if the owner had been silent for the whole lease. */
async function runOut(key: string): Promise<void> {
  await sql`update leases set lease_until = clock_timestamp() - interval '1 ms' where key = ${key}`.execute(
    db.worker,
  )
}

describe('a lease', () => {
  it('has one owner however many ask at once', async () => {
    const owners = Array.from({ length: 20 }, (_, index) => `owner-${index}`)
    const taken = await Promise.all(owners.map((owner) => take(owner, ['contested'])))
    expect(taken.flat()).toEqual([{ key: 'contested', epoch: 1 }])
  })

  it('I10 raises the epoch at each change of owner', async () => {
    for (const [index, owner] of ['a', 'b', 'a', 'c'].entries()) {
      expect(await take(owner, ['epochs'])).toEqual([{ key: 'epochs', epoch: index + 1 }])
      expect(await take('late', ['epochs'])).toEqual([])
      await runOut('epochs')
    }
  })

  it('tells others when it runs out', async () => {
    await take('a', ['told'])
    const { taken, others } = await acquireLeases(db.worker, kind, 'b', ['told', 'new'])
    expect(taken).toEqual([{ key: 'new', epoch: 1 }])
    expect(others).toEqual([{ key: 'told', free_in_ms: expect.any(Number) }])
    expect(others[0]?.free_in_ms).toBeGreaterThan(leaseMs - 1_000)
    expect(others[0]?.free_in_ms).toBeLessThanOrEqual(leaseMs)
  })

  it('is renewed for its owner and epoch, and lost once it has run out', async () => {
    const [lease] = await take('a', ['renewed'])
    if (!lease) throw new Error('not acquired')
    expect(await renewLeases(db.worker, kind, 'a', [lease])).toEqual(new Set(['renewed']))
    expect(await renewLeases(db.worker, kind, 'b', [lease])).toEqual(new Set())
    expect(await renewLeases(db.worker, kind, 'a', [{ ...lease, epoch: 2 }])).toEqual(new Set())
    await runOut('renewed')
    expect(await renewLeases(db.worker, kind, 'a', [lease])).toEqual(new Set())
  })

  it('can be taken at once when it was given back, but not be given back by the owner before', async () => {
    const [first] = await take('a', ['released'])
    if (!first) throw new Error('not acquired')
    await releaseLease(db.worker, kind, 'a', first)
    const [second] = await take('b', ['released'])
    expect(second?.epoch).toBe(2)
    await releaseLease(db.worker, kind, 'a', first)
    expect(await take('c', ['released'])).toEqual([])
  })

  it('fences a claim: the statement sees the row of this owner and epoch or nothing', async () => {
    const [lease] = await take('a', ['fenced'])
    if (!lease) throw new Error('not acquired')
    const isHeld = async (owner: string, epoch: number) => {
      const held = sql`with lease as (${leaseOf({ kind, key: 'fenced', owner, epoch })}) select 1 where exists (select from lease)`
      return (await held.execute(db.worker)).rows.length === 1
    }
    expect(await isHeld('a', 1)).toBe(true)
    expect(await isHeld('a', 2)).toBe(false)
    expect(await isHeld('b', 1)).toBe(false)
    await runOut('fenced')
    expect(await isHeld('a', 1)).toBe(false)
  })

  it('makes a takeover wait for a claim in progress', async () => {
    const [lease] = await take('a', ['crossing'])
    if (!lease) throw new Error('not acquired')
    await db.asWorker(async (tx) => {
      const claim = sql`with lease as (${leaseOf({ kind, owner: 'a', ...lease })}) select 1 where exists (select from lease)`
      expect((await claim.execute(tx)).rows).toHaveLength(1)
      await systemClock.sleep(leaseMs + 100)
      expect(await take('b', ['crossing'])).toEqual([])
    })
    expect(await take('b', ['crossing'])).toEqual([{ key: 'crossing', epoch: 2 }])
  })
})
