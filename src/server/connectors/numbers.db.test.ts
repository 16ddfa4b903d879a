import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { numberId } from '../../contract/index.ts'
import { startEmulator } from '../../emulator/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import type { NumberFact } from '../providers/index.ts'
import { applyAccountChange } from './apply-account-change.ts'
import { catchUp } from './catch-up.ts'
import { createConnector } from './create-connector.ts'
import { selectConnectedLong } from './queries.ts'
import { listSendingNumbers, touchNumbers } from './queries-numbers.ts'
import { refreshNumbers } from './refresh-numbers.ts'
import { setPace } from './set-pace.ts'
import { firstNumber, pretendMeta } from './testing/pretend-meta.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 })
const base = await testCtx({ config: { sandboxPort: emulator.port, graphUrl: emulator.url } })
const { ctx, someConnector } = pretendMeta(base, emulator.url)
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

describe('a number', () => {
  const fact = (phone: string, more: Partial<NumberFact>): NumberFact => ({
    kind: 'number',
    waba_id: null,
    phone_number_id: null,
    field: 'phone_number_quality_update',
    change: 'THROUGHPUT_UPGRADE',
    at: null,
    phone,
    value: {},
    ...more,
  })

  async function rowOf(id: string) {
    const { rows } = await sql<Record<string, unknown>>`select * from numbers where id = ${id}`.execute(
      ctx.db.worker,
    )
    return rows[0]
  }

  test('takes over throughput, limit and name from webhooks, once', async () => {
    const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const { id, phone } = firstNumber(made)
    const apply = (more: Partial<NumberFact>) =>
      applyAccountChange(ctx, owner.workspaceId, made.id, fact(phone, more))
    const upgrade = { value: { max_daily_conversations_per_business: 'TIER_UNLIMITED' } }
    expect(await apply(upgrade)).toBe('applied')
    expect(await apply(upgrade)).toBe('repeat')
    const named = {
      field: 'phone_number_name_update',
      change: 'APPROVED',
      value: { requested_verified_name: 'Corner "Shop"' },
    }
    expect(await apply(named)).toBe('applied')
    expect(await apply({ field: 'security', change: 'PIN_CHANGED' })).toBe('applied')
    expect(await apply({ ...upgrade, phone: '59800000000' })).toBe('kept')
    expect(await rowOf(id)).toMatchObject({
      throughput: 'HIGH',
      pace_limit_per_second: 1000,
      messaging_limit: 'TIER_UNLIMITED',
      verified_name: 'Corner "Shop"',
    })
  })

  test('hears its news through another connector of the same account', async () => {
    const { owner } = await seedWorkspace(ctx)
    const first = await someConnector(owner, { numbers: 2 })
    const [, second] = first.numbers
    if (second === undefined) throw new Error('The account has one number only.')
    const { phone_number_id, phone } = second
    const other = await createConnector(ctx, owner, { ...first.fields, phone_number_id })
    const news = fact(phone, {
      field: 'phone_number_name_update',
      change: 'APPROVED',
      value: { requested_verified_name: 'Two' },
    })
    expect(await applyAccountChange(ctx, owner.workspaceId, first.connector.id, news)).toBe('applied')
    expect(await rowOf(firstNumber(other).id)).toMatchObject({ verified_name: 'Two' })
    expect(await rowOf(firstNumber(first.connector).id)).not.toMatchObject({ verified_name: 'Two' })
  })

  test('is read anew from the provider', async () => {
    const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const { id } = firstNumber(made)
    await sql`update numbers set verified_name = 'Old', quality_rating = 'RED' where id = ${id}`.execute(
      ctx.db.worker,
    )
    await refreshNumbers(ctx, owner.workspaceId, made.id)
    expect(await rowOf(id)).toMatchObject({
      quality_rating: 'GREEN',
      verified_name: firstNumber(made).verified_name,
    })
  })

  test('and its portfolio follow what no webhook told, and the templates are asked for', async () => {
    const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const { id } = firstNumber(made)
    const portfolio = async () =>
      (
        await sql<{
          portfolio_id: string | null
        }>`select portfolio_id from connectors where id = ${made.id}`.execute(ctx.db.worker)
      ).rows[0]?.portfolio_id
    const told = await portfolio()
    await sql`update numbers set messaging_limit = 'TIER_250' where id = ${id}`.execute(ctx.db.worker)
    await sql`update connectors set portfolio_id = 'former' where id = ${made.id}`.execute(ctx.db.worker)
    const asked: unknown[] = []
    const jobs = { ...ctx.jobs, add: async (name: string) => void asked.push(name) }
    await catchUp({ ...ctx, jobs }, owner.workspaceId, made.id)
    expect(await rowOf(id)).not.toMatchObject({ messaging_limit: 'TIER_250' })
    expect(told).toBeTruthy()
    expect(await portfolio()).toBe(told)
    expect(asked).toEqual(['templates.sync'])
  })

  test('is read anew by itself once it is connected for an hour', async () => {
    const { connector: made } = await someConnector((await seedWorkspace(ctx)).owner)
    const isDue = async () =>
      (await selectConnectedLong(ctx.db.worker)).some(({ connector_id }) => connector_id === made.id)
    expect(await isDue()).toBe(false)
    await sql`update connectors set connected_at = now() - interval '61 minutes' where id = ${made.id}`.execute(
      ctx.db.worker,
    )
    expect(await isDue()).toBe(true)
  })

  test('that the provider refuses to show is left as it was, and nothing else is asked', async () => {
    const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const asked: unknown[] = []
    const jobs = { ...ctx.jobs, add: async (name: string) => void asked.push(name) }
    await sql`update numbers set phone_number_id = '404' where id = ${firstNumber(made).id}`.execute(
      ctx.db.worker,
    )
    await catchUp({ ...ctx, jobs }, owner.workspaceId, made.id)
    expect(asked).toEqual([])
  })

  test('has a pace that an owner may lower', async () => {
    const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const { id } = firstNumber(made)
    expect(await setPace(ctx, owner, id, 12)).toMatchObject({
      pace_override_per_second: 12,
      pace_limit_per_second: 80,
    })
    expect((await listSendingNumbers(ctx.db.worker)).find((each) => each.id === id)).toMatchObject({
      pace_override_per_second: 12,
    })
    expect(await setPace(ctx, owner, id, null)).toMatchObject({ pace_override_per_second: null })
  })

  test('notes its last traffic, at most every five seconds', async () => {
    const { connector: made, owner } = await someConnector((await seedWorkspace(ctx)).owner)
    const id = numberId.parse(firstNumber(made).id)
    const touch = (time: string) =>
      touchNumbers(ctx.db.worker, owner.workspaceId, { inbound: [id] }, new Date(time))
    await touch('2025-11-03T10:00:00Z')
    await touch('2025-11-03T10:00:03Z')
    expect(await rowOf(id)).toMatchObject({
      last_inbound_at: new Date('2025-11-03T10:00:00Z'),
      last_outbound_at: null,
    })
    await touch('2025-11-03T10:00:09Z')
    expect(await rowOf(id)).toMatchObject({ last_inbound_at: new Date('2025-11-03T10:00:09Z') })
  })
})
