import { describe, expect, it } from 'vitest'
import type { List, RecipientState } from '../../../contract/index.ts'
import { testCtx } from '../../platform/testing/index.ts'
import { cancelList } from '../lists/cancel-list.ts'
import { startList } from '../lists/start-list.ts'
import { createDriver } from '../testing/drive-lists.ts'
import { readRows } from '../testing/read-rows.ts'
import { type SeededHub, seedHub } from '../testing/seed-hub.ts'

const ctx = await testCtx()
const { readyList, settle, turn } = createDriver(ctx)

const file = [
  'phone,name,order',
  '59891000001,Ana,1',
  '59891000002,Eva,2',
  '59891000001,Ana again,3',
  '59891000003,Ivo,4',
  '59891000004,"Leo ""the lion""",5',
  '12,Mia,6',
  '59891000005,Noor,7',
  '59891000006,Zoë,8',
].join('\n')

async function runningList(): Promise<{ seeded: SeededHub; list: List }> {
  const seeded = await seedHub(ctx)
  const list = await readyList(seeded, file)
  await startList(ctx, seeded.owner, list.id)
  await turn()
  return { seeded, list }
}

/** A page of two at a time, and steps of three rows, so that every way of going on is gone. */
async function rowNumbers(
  seeded: SeededHub,
  list: List,
  wanted: { state?: RecipientState; reason?: string; search?: string },
): Promise<number[]> {
  const rows = await readRows(ctx, seeded, list, { ...wanted, limit: 2, stepMax: 3 })
  return rows.map((row) => row.row_number)
}

describe('the rows of a list', () => {
  it('are found by their state, page after page, none left out and none twice', async () => {
    const { seeded, list } = await runningList()
    await settle(list, "state = 'accepted', sent_at = now()", "to_phone in ('59891000001', '59891000003')")
    await settle(list, 'delivered_at = now(), read_at = now()', "to_phone = '59891000003'")
    await settle(list, "state = 'rejected', error_code = '131026'", "to_phone = '59891000004'")
    await settle(list, "state = 'held'", "to_phone = '59891000005'")
    const of = (state: RecipientState, reason?: string) =>
      rowNumbers(seeded, list, { state, ...(reason ? { reason } : {}) })
    expect(await rowNumbers(seeded, list, {})).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(await of('sent')).toEqual([1, 4])
    expect(await of('read')).toEqual([4])
    expect(await of('failed')).toEqual([5])
    expect(await of('failed', '131026')).toEqual([5])
    expect(await of('failed', '131049')).toEqual([])
    expect(await of('unknown')).toEqual([7])
    expect((await of('waiting')).sort()).toEqual([2, 8])
    expect(await of('problem')).toEqual([3, 6])
    expect(await of('problem', 'duplicate')).toEqual([3])
    expect(await of('skipped')).toEqual([3, 6])
  })

  it('that wait are those in the queue, then those that no message was made of yet', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, file)
    expect(await rowNumbers(seeded, list, { state: 'waiting' })).toEqual([1, 2, 4, 5, 7, 8])
    await startList(ctx, seeded.owner, list.id)
    expect(await rowNumbers(seeded, list, { state: 'waiting' })).toEqual([1, 2, 4, 5, 7, 8])
    await turn()
    const queued = await rowNumbers(seeded, list, { state: 'waiting' })
    expect(queued.sort()).toEqual([1, 2, 4, 5, 7, 8])
  })

  it('of a cancelled list are skipped, whether a message was made of them or not, and say why', async () => {
    const { seeded, list } = await runningList()
    await cancelList(ctx, seeded.owner, list.id)
    expect(await rowNumbers(seeded, list, { state: 'skipped', reason: 'cancelled' })).toEqual([
      1, 2, 4, 5, 7, 8,
    ])
    const early = await seedHub(ctx)
    const unexpanded = await readyList(early, file)
    await startList(ctx, early.owner, unexpanded.id)
    await cancelList(ctx, early.owner, unexpanded.id)
    expect(await rowNumbers(early, unexpanded, { state: 'skipped' })).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(await rowNumbers(early, unexpanded, { state: 'waiting' })).toEqual([])
  })
})

describe('a search', () => {
  it('finds phones by their first and last digits, however they are written', async () => {
    const { seeded, list } = await runningList()
    const find = (search: string) => rowNumbers(seeded, list, { search })
    expect(await find('0004')).toEqual([5])
    expect(await find('+598 91 000-005')).toEqual([7])
    expect(await find('59891000')).toEqual([1, 2, 4, 5, 7, 8])
  })

  it('finds part of any cell, taken to the letter', async () => {
    const { seeded, list } = await runningList()
    const find = (search: string) => rowNumbers(seeded, list, { search })
    expect(await find('ana')).toEqual([1, 3])
    expect(await find('"the')).toEqual([5])
    expect(await find('zoë')).toEqual([8])
    expect(await find('%')).toEqual([])
    expect(await find('","')).toEqual([])
    expect(await find('nobody')).toEqual([])
  })
})
