import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type NumberId, numberId, type WorkspaceId } from '../../contract/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { forgetOldPlaces } from './forget-old-places.ts'
import { reserveDailyLimit } from './queries-limits.ts'
import { readNumber } from './read-number.ts'

const ctx = await testCtx()
const db = ctx.db.worker

/** A workspace with one number, on an account of this portfolio; null: the provider did not say which. */
async function workspaceOf(portfolio: string | null, tier = 'TIER_50') {
  const { workspaceId } = await seedWorkspace(ctx)
  const id = numberId.parse(ctx.random.id('num'))
  const connector = id.replace('num_', 'con_')
  await sql`
    insert into connectors (workspace_id, id, provider, name, status, key, waba_id, portfolio_id, credentials_sealed)
    values (${workspaceId}, ${connector}, 'meta', 'Shop', 'ACTIVE', ${id}, '4711', ${portfolio}, '')`.execute(
    db,
  )
  await sql`
    insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone, messaging_limit)
    values (${workspaceId}, ${id}, ${connector}, ${id}, '+1', '1', ${tier})`.execute(db)
  const writeTo = async (phones: readonly string[]) =>
    reserveDailyLimit(db, id, await queue(workspaceId, id, phones))
  return { workspaceId, id, writeTo, page: () => readNumber(ctx, workspaceId, id) }
}

async function queue(workspaceId: WorkspaceId, id: NumberId, phones: readonly string[]): Promise<string[]> {
  await sql`
    insert into contacts (workspace_id, id, phone)
    select ${workspaceId}, parley_id('ctc'), phone from unnest(${[...phones]}::text[]) phone
    on conflict do nothing`.execute(db)
  const { rows } = await sql<{ id: string }>`
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, state)
    select workspace_id, parley_id('msg'), ${id}, id, 'out', 'api', 'template', '{}', 'queued' from contacts
    where workspace_id = ${workspaceId} and phone = any (${[...phones]}::text[])
    returning id`.execute(db)
  return rows.map((row) => row.id)
}

const phones = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => String(598_060_000_000 + from + index))

describe('a portfolio with numbers of two workspaces', () => {
  it('has one daily limit, whoever takes the places', async () => {
    const name = ctx.random.id('pf')
    const [first, second] = [await workspaceOf(name), await workspaceOf(name)]
    expect(await first.writeTo(phones(30))).toHaveLength(30)
    expect(await second.writeTo(phones(30, 100))).toHaveLength(20)
    expect(await first.writeTo(phones(1, 200))).toEqual([])
  })

  it('is never exceeded by both at once', async () => {
    const name = ctx.random.id('pf')
    const both = [await workspaceOf(name), await workspaceOf(name)]
    const granted = await Promise.all(
      Array.from({ length: 20 }, (_, n) => both[n % 2]?.writeTo(phones(5, 1_000 + n * 5))),
    )
    expect(granted.flat()).toHaveLength(50)
  })

  it('counts a person once, though both know them', async () => {
    const name = ctx.random.id('pf')
    const [first, second] = [await workspaceOf(name), await workspaceOf(name)]
    await first.writeTo(phones(50))
    expect(await second.writeTo(phones(50))).toHaveLength(50)
    expect(await second.writeTo(phones(1, 60))).toEqual([])
  })

  it('has the highest limit that any of its numbers was told', async () => {
    const name = ctx.random.id('pf')
    const [first] = [await workspaceOf(name), await workspaceOf(name, 'TIER_2K')]
    expect(await first.writeTo(phones(60))).toHaveLength(60)
  })

  it('tells each of them how much is used, and nothing of whom the other wrote to', async () => {
    const name = ctx.random.id('pf')
    const [first, second] = [await workspaceOf(name), await workspaceOf(name)]
    await first.writeTo(phones(50))
    expect(await second.page()).toMatchObject({
      messaging_limit_used: 50,
      messaging_limit_total: 50,
      messaging_limit_frees: [{ people: 50 }],
      messaging_limit_shared_with: [],
      messaging_limit_shared_elsewhere: 1,
    })
    for (const table of [
      'portfolio_recipients',
      'portfolio_usage',
      'portfolio_notes',
      'portfolio_given_back',
    ])
      await expect(
        ctx.db.inWorkspace(second.workspaceId, (tx) => sql`select from ${sql.table(table)}`.execute(tx)),
        table,
      ).rejects.toThrow('permission denied')
  })

  it('gives a place back to both when the message of one was refused', async () => {
    const name = ctx.random.id('pf')
    const [first, second] = [await workspaceOf(name), await workspaceOf(name)]
    const [refused = ''] = await first.writeTo(phones(50))
    expect(await second.writeTo(phones(1, 70))).toEqual([])
    // As the app, which sees nothing of the ledger: by hand, messages are settled under its role.
    await ctx.db.inWorkspace(first.workspaceId, (tx) =>
      sql`update messages set state = 'cancelled' where id = ${refused}`.execute(tx),
    )
    expect((await second.page()).messaging_limit_used).toBe(49)
    expect(await second.writeTo(phones(1, 71))).toHaveLength(1)
  })
})

describe('two workspaces', () => {
  it.each([
    ['of different portfolios', 'pf_a', 'pf_b'],
    ['whose portfolio the provider did not name, be the account the same', null, null],
  ])('%s share nothing', async (_, one, other) => {
    const [first, second] = [await workspaceOf(one), await workspaceOf(other)]
    expect(await first.writeTo(phones(50))).toHaveLength(50)
    expect(await second.writeTo(phones(50, 100))).toHaveLength(50)
    expect((await first.page()).messaging_limit_shared_elsewhere).toBe(0)
  })
})

it('whom nobody counts any more is forgotten, even where nobody sends', async () => {
  const { workspaceId, id, writeTo } = await workspaceOf(ctx.random.id('pf'))
  await writeTo(phones(3))
  const ledger = sql`from portfolio_recipients where portfolio = portfolio_of(${workspaceId}, ${id})`
  await sql`
    update portfolio_recipients set reserved_at = now() - interval '25 hours'
    where portfolio = portfolio_of(${workspaceId}, ${id})`.execute(db)
  await forgetOldPlaces(ctx)
  expect((await sql`select ${ledger}`.execute(db)).rows).toEqual([])
})
