import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { openDatabases } from '../db/connect.ts'
import { testDatabase } from '../testing/index.ts'
import {
  acquireLeases,
  attendLanes,
  leaseMs,
  leaseOf,
  leaveLanes,
  releaseLease,
  renewLeases,
} from './leases.ts'

const { target } = await testDatabase()
const db = openDatabases({ target })
afterAll(() => db.close())
const kind = 'sending'

async function take(owner: string, keys: readonly string[]) {
  return (await acquireLeases(db.worker, { kind, owner }, keys)).taken
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
    const { taken, others } = await acquireLeases(db.worker, { kind, owner: 'b' }, ['told', 'new'])
    expect(taken).toEqual([{ key: 'new', epoch: 1 }])
    expect(others).toEqual([{ key: 'told', free_in_ms: expect.any(Number) }])
    expect(others[0]?.free_in_ms).toBeGreaterThan(leaseMs - 1_000)
    expect(others[0]?.free_in_ms).toBeLessThanOrEqual(leaseMs)
  })

  it('is taken up to a number, the first asked for first; what was left is told as free', async () => {
    const asker = { kind, owner: 'a', most: 2 }
    const { taken, others } = await acquireLeases(db.worker, asker, ['m3', 'm1', 'm2'])
    expect(new Set(taken.map(({ key }) => key))).toEqual(new Set(['m3', 'm1']))
    await acquireLeases(db.worker, asker, ['m2'])
    await runOut('m2')
    const again = await acquireLeases(db.worker, { ...asker, most: 0 }, ['m2'])
    expect(again).toEqual({ taken: [], others: [{ key: 'm2', free_in_ms: 0 }] })
    expect(others).toEqual([{ key: 'm2', free_in_ms: 0 }])
  })

  it('counts for those who are there, and they count who hold none', async () => {
    await acquireLeases(db.worker, { kind: 'shared', owner: 'a' }, ['s1', 's2'])
    await attendLanes(db.worker, 'shared', 'a')
    expect(await attendLanes(db.worker, 'shared', 'b')).toEqual(
      new Map([
        ['a', 2],
        ['b', 0],
      ]),
    )
    await leaveLanes(db.worker, 'shared', 'a')
    await sql`update lane_workers set here_until = clock_timestamp() - interval '1 hour' where owner = 'b'`.execute(
      db.worker,
    )
    expect(await attendLanes(db.worker, 'shared', 'c')).toEqual(new Map([['c', 0]]))
    const { rows } = await sql`select owner from lane_workers where kind = 'shared'`.execute(db.worker)
    expect(rows).toEqual([{ owner: 'c' }])
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
