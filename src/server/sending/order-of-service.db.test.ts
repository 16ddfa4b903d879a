import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { numberId } from '../../contract/index.ts'
import { startEmulator } from '../../emulator/index.ts'
import { createConnector } from '../connectors/index.ts'
import { seedNumber } from '../messages/testing/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createProviders, type ServerCtx } from '../providers/index.ts'
import { startSendingWorker } from './index.ts'
import { content, until } from './testing/index.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 11 })
const base = await testCtx({ config: { sandboxPort: emulator.port, sandboxUrl: emulator.url } })
const ctx: ServerCtx = { ...base, providers: createProviders({ log: base.log }) }
const workers: { stop(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
})
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const response = await fetch(`${emulator.url}/_control${path}`, { method, ...init })
  return JSON.parse((await response.text()) || 'null')
}

/** A sandbox number of a workspace of its own, at a pace that leaves time to look. */
async function sandboxNumber(perSecond: number) {
  await control('PATCH', '/settings', { statuses: 'none' })
  const { workspaceId, owner } = await seedWorkspace(ctx)
  const { numbers } = await createConnector(ctx, owner, { provider: 'sandbox', name: 'Sandbox' })
  const [number] = numbers
  if (number === undefined) throw new Error('The sandbox gave no number.')
  const seed = await seedNumber(ctx, { workspaceId, numberId: numberId.parse(number.id) })
  await seed.run(sql`update numbers set pace_limit_per_second = ${perSecond} where id = ${number.id}`)
  /** Phones in the order in which the provider accepted them. */
  const accepted = async () => {
    const path = `/ledger?limit=10000&phone_number_id=${number.phone_number_id}`
    return (await control<{ data: { to: string }[] }>('GET', path)).data.map(({ to }) => to)
  }
  const phonesOf = async (where: ReturnType<typeof sql>) => {
    const rows = await seed.run(
      sql<{ to_phone: string }>`select to_phone from messages where number_id = ${number.id} and ${where}`,
    )
    return new Set(rows.map(({ to_phone }) => to_phone))
  }
  return { ...seed, accepted, phonesOf }
}

function start(): void {
  workers.push(startSendingWorker(ctx))
}

/** Answers of requests that are on their way together come in any order. */
const inFlight = 12

describe('the order of service', () => {
  it('is replies, then the API, then bulk', async () => {
    // Slow enough that a busy machine, too, has few requests on their way at once.
    const number = await sandboxNumber(30)
    await number.addList({ recipients: 200, content })
    for (let i = 0; i < 30; i++) await number.addMessage({ priority: 1, content })
    for (let i = 0; i < 15; i++) await number.addMessage({ priority: 0, content })
    const replies = await number.phonesOf(sql`priority = 0`)
    const programs = await number.phonesOf(sql`priority = 1`)
    start()
    await until(async () => (await number.accepted()).length >= 120)
    const order = await number.accepted()
    const lastOf = (phones: Set<string>) => order.findLastIndex((phone) => phones.has(phone))
    const countOf = (phones: Set<string>) => order.filter((phone) => phones.has(phone)).length
    expect([countOf(replies), countOf(programs)]).toEqual([15, 30])
    expect(lastOf(replies)).toBeLessThan(15 + inFlight)
    expect(lastOf(programs)).toBeLessThan(45 + inFlight)
  })

  it('gives lists of one number shares by their weights', async () => {
    const number = await sandboxNumber(120)
    const heavy = await number.addList({ recipients: 400, content })
    const light = await number.addList({ recipients: 400, content })
    await number.run(sql`update list_gates set weight = 3 where list_id = ${heavy.listId}`)
    start()
    await until(async () => (await number.accepted()).length >= 240)
    const order = (await number.accepted()).slice(0, 240)
    const ofHeavy = await number.phonesOf(sql`list_id = ${heavy.listId}`)
    const ofLight = await number.phonesOf(sql`list_id = ${light.listId}`)
    const share = order.filter((phone) => ofHeavy.has(phone)).length / order.length
    expect(share).toBeGreaterThan(0.65)
    expect(share).toBeLessThan(0.85)
    expect(order.slice(0, 60).some((phone) => ofLight.has(phone))).toBe(true)
  })

  it("keeps no workspace waiting for another one's million", async () => {
    const big = await Promise.all([1, 2, 3].map(() => sandboxNumber(80)))
    for (const number of big) await number.addList({ recipients: 600, content })
    const small = await sandboxNumber(80)
    await small.addList({ recipients: 80, content })
    start()
    await until(async () => (await small.accepted()).length === 80)
    const others = await Promise.all(big.map(async (number) => (await number.accepted()).length))
    for (const count of others) {
      expect(count).toBeGreaterThan(20)
      expect(count).toBeLessThan(600)
    }
  })
})
