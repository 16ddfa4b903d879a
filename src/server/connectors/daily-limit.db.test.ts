import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { contactId, type NumberId, numberId, type WorkspaceId } from '../../contract/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { reserveDailyLimit, selectDailyLimitUse, selectRoughRoom } from './queries-limits.ts'
import { readNumber } from './read-number.ts'

const ctx = await testCtx()
const db = ctx.db.worker

/** A portfolio with two numbers on two accounts. */
async function portfolio(tier: string | null) {
  const { workspaceId } = await seedWorkspace(ctx)
  const name = ctx.random.id('pf')
  const numbers = [await addNumber(workspaceId, name, tier), await addNumber(workspaceId, name, 'TIER_50')]
  const [first, second] = numbers
  if (first === undefined || second === undefined) throw new Error('Two numbers were added.')
  const setTier = (value: string) =>
    sql`update numbers set messaging_limit = ${value} where workspace_id = ${workspaceId}`.execute(db)
  const use = async () => (await selectDailyLimitUse(db, workspaceId, [second]))[0]
  const message = async (id: NumberId, contact?: string) =>
    (await queue(workspaceId, id, 1, contact))[0] ?? ''
  const settle = (set: string, id: string) =>
    sql`update messages set ${sql.raw(set)} where id = ${id}`.execute(db)
  return { workspaceId, name, first, second, setTier, use, message, settle }
}

async function addNumber(workspaceId: WorkspaceId, name: string, tier: string | null): Promise<NumberId> {
  const id = numberId.parse(ctx.random.id('num'))
  const connector = id.replace('num_', 'con_')
  await sql`
    insert into connectors (workspace_id, id, provider, name, status, key, waba_id, portfolio_id, credentials_sealed)
    values (${workspaceId}, ${connector}, 'meta', 'Shop', 'ACTIVE', ${id}, ${id}, ${name}, '')`.execute(db)
  await sql`
    insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone, messaging_limit)
    values (${workspaceId}, ${id}, ${connector}, ${id}, '+1', '1', ${tier})`.execute(db)
  return id
}

let phones = 598_070_000_000

/** Queued messages, each to a person of its own unless one is given. */
async function queue(
  workspaceId: WorkspaceId,
  id: NumberId,
  count: number,
  contact?: string,
): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const person = contact ?? contactId.parse(ctx.random.id('ctc'))
    await sql`
      insert into contacts (workspace_id, id, phone) values (${workspaceId}, ${person}, ${String(++phones)})
      on conflict do nothing`.execute(db)
    const message = ctx.random.id('msg')
    await sql`
      insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, state)
      values (${workspaceId}, ${message}, ${id}, ${person}, 'out', 'api', 'template', '{}', 'queued')`.execute(
      db,
    )
    ids.push(message)
  }
  return ids
}

describe('the daily limit of a portfolio', () => {
  it('T45 is never exceeded by a hundred who reserve at once over two numbers', async () => {
    const { workspaceId, first, second, use } = await portfolio('TIER_250')
    const batches = await Promise.all(
      Array.from({ length: 100 }, async (_, i) => {
        const number = i % 2 === 0 ? first : second
        return { number, ids: await queue(workspaceId, number, 4) }
      }),
    )
    const granted = await Promise.all(
      batches.map(({ number, ids }) => ctx.db.asWorker((tx) => reserveDailyLimit(tx, number, ids))),
    )
    expect(granted.flat()).toHaveLength(250)
    expect(new Set(granted.flat()).size).toBe(250)
    expect(await use()).toMatchObject({ number_id: second, used: 250, total: 250 })
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from messages
      where workspace_id = ${workspaceId} and next_at > created_at + interval '1 second'`.execute(db)
    expect(rows[0]?.n).toBe(150)
  })

  it('counts people, not messages, and none inside their window', async () => {
    const { workspaceId, first, second, message, use } = await portfolio('TIER_50')
    const again = contactId.parse(ctx.random.id('ctc'))
    for (const number of [first, second]) {
      const id = await message(number, again)
      expect(await reserveDailyLimit(db, number, [id])).toEqual([id])
    }
    const writer = contactId.parse(ctx.random.id('ctc'))
    const reply = await message(first, writer)
    await sql`
      insert into conversations (workspace_id, id, number_id, contact_id, window_expires_at)
      values (${workspaceId}, parley_id('cnv'), ${first}, ${writer}, now() + interval '1 hour')`.execute(db)
    expect(await reserveDailyLimit(db, first, [reply])).toEqual([reply])
    expect((await use())?.used).toBe(1)
  })

  it('moves: who was written to a day ago makes room', async () => {
    const { workspaceId, first, message, use } = await portfolio('TIER_50')
    expect(await reserveDailyLimit(db, first, await queue(workspaceId, first, 51))).toHaveLength(50)
    const [until] = (
      await sql<{
        at: Date | null
      }>`select portfolio_frees_at(portfolio_of(${workspaceId}, ${first})) as at`.execute(db)
    ).rows
    expect(until?.at?.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000)
    await sql`
      update portfolio_recipients set reserved_at = now() - interval '25 hours'
      where person = (select min(person) from portfolio_recipients where portfolio = portfolio_of(${workspaceId}, ${first}))`.execute(
      db,
    )
    expect((await use())?.used).toBe(49)
    const late = [await message(first), await message(first)]
    expect(await reserveDailyLimit(db, first, late)).toHaveLength(1)
  })

  it('tells each number of the portfolio how many places fall free, and when', async () => {
    const { workspaceId, first, second, use } = await portfolio('TIER_50')
    await reserveDailyLimit(db, first, await queue(workspaceId, first, 50))
    await sql`
      update portfolio_recipients set reserved_at = now() - interval '21 hours 30 minutes'
      where person in (
        select person from portfolio_recipients where portfolio = portfolio_of(${workspaceId}, ${first}) limit 20)`.execute(
      db,
    )
    const number = await readNumber(ctx, workspaceId, second)
    expect(number).toMatchObject({
      messaging_limit_used: 50,
      messaging_limit_total: 50,
      messaging_limit_frees: [{ people: 20 }, { people: 30 }],
      messaging_limit_shared_with: [first],
      messaging_limit_shared_elsewhere: 0,
    })
    const hoursUntil = (at: string | null) => (new Date(at ?? 0).getTime() - Date.now()) / 3_600_000
    expect(hoursUntil(number.messaging_limit_frees_at)).toBeCloseTo(2.5, 1)
    expect(number.messaging_limit_frees.map(({ until }) => Math.round(hoursUntil(until)))).toEqual([3, 24])
    expect(await selectRoughRoom(db, workspaceId, [first, second])).toEqual(
      new Map([
        [first, 0],
        [second, 0],
      ]),
    )
    expect((await use())?.frees_at).not.toBeNull()
  })

  it.each([
    ['refused by the provider', `state = 'rejected'`],
    ['failed afterwards', `state = 'accepted', failed_at = now()`],
    ['skipped', `state = 'skipped'`],
    ['put off', `state = 'queued'`],
  ])('gives a place back when its message was %s', async (_, set) => {
    const { workspaceId, first, message, settle, use } = await portfolio('TIER_50')
    const [lost = '', ...others] = await queue(workspaceId, first, 50)
    await reserveDailyLimit(db, first, [lost, ...others])
    const next = await message(first)
    expect(await reserveDailyLimit(db, first, [next])).toEqual([])
    await settle(`state = 'intent'`, lost)
    await settle(set, lost)
    expect((await use())?.used).toBe(49)
    expect(await reserveDailyLimit(db, first, [next])).toEqual([next])
    expect((await use())?.used).toBe(50)
  })

  it('keeps the place of somebody who got another message before the refused one', async () => {
    const { first, message, settle, use } = await portfolio('TIER_50')
    const person = contactId.parse(ctx.random.id('ctc'))
    const [sent, refused] = [await message(first, person), await message(first, person)]
    await reserveDailyLimit(db, first, [sent])
    await reserveDailyLimit(db, first, [refused])
    await settle(`state = 'rejected'`, refused)
    await reserveDailyLimit(db, first, [await message(first)])
    expect((await use())?.used).toBe(2)
  })

  it('follows the tier at once, by the highest of its numbers; without one there is none', async () => {
    const { workspaceId, first, setTier, use } = await portfolio('TIER_50')
    await reserveDailyLimit(db, first, await queue(workspaceId, first, 60))
    expect(await use()).toMatchObject({ used: 50, total: 50 })
    await setTier('TIER_2K')
    expect(await use()).toMatchObject({ used: 50, total: 2_000 })
    expect(await reserveDailyLimit(db, first, await queue(workspaceId, first, 10))).toHaveLength(10)
    await setTier('TIER_UNLIMITED')
    expect(await use()).toMatchObject({ used: null, total: null })
    expect(await reserveDailyLimit(db, first, await queue(workspaceId, first, 10))).toHaveLength(10)
  })
})
