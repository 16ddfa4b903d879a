import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FaultyDatabase, openDatabase } from '../../faults/database.ts'
import { type Api, apiOf, eventually } from '../../rig/api.ts'
import { type DatabaseLine, openDatabaseLine } from '../../rig/database-line.ts'
import {
  createKey,
  freePort,
  type HubOptions,
  type Process,
  startEmulator,
  startHub,
  temporaryDirectory,
} from '../../rig/processes.ts'
import { connect, type List, prepareList } from '../../rig/shop.ts'

let directory: Awaited<ReturnType<typeof temporaryDirectory>>
let database: FaultyDatabase
let line: DatabaseLine
let emulator: Process
let hub: Process
let api: Api
let control: Api
let shop: Awaited<ReturnType<typeof connect>>
let nextCustomer = 0

beforeAll(async () => {
  directory = await temporaryDirectory()
  database = await openDatabase(directory.path, 2)
  line = await openDatabaseLine(database.url)
  emulator = await startEmulator()
  const options: HubOptions = {
    dataDir: directory.path,
    port: await freePort(),
    env: {
      PARLEY_SECRET_KEY: randomBytes(32).toString('hex'),
      DATABASE_URL: line.url,
      PARLEY_GRAPH_URL: emulator.url,
    },
  }
  hub = await startHub(options)
  api = apiOf(hub.url, await createKey(options))
  control = apiOf(emulator.url)
  shop = await connect(api, control, { throughput: 1000 })
})
afterAll(async () => {
  await hub?.stop()
  await emulator?.stop()
  await line?.close()
  await database?.close()
  await directory?.remove()
})

/** Somebody writes every 50 ms while the trouble lasts. */
async function writeFor(ms: number): Promise<void> {
  for (const until = Date.now() + ms; Date.now() < until; await delay(50)) {
    const to = shop.account.numbers[0]?.phone_number_id
    const customer = `598912${String(nextCustomer++).padStart(5, '0')}`
    const message = { to, name: 'Somebody', type: 'text', text: 'Hello?' }
    expect((await control.send('POST', `/_control/customers/${customer}/messages`, message)).status).toBe(201)
  }
}

async function accepted(): Promise<{ accepted: number; repeated_recipient_count: number }> {
  return (await control.get<Awaited<ReturnType<typeof accepted>>>('/_control/ledger?summary=1')).body
}

it.each<[string, () => void]>([
  ['is cut in the middle of statements, before or after they were done', () => line.cutOneIn(8)],
  ['lets nothing pass, and nobody is told', () => line.silence()],
  ['turns everybody away', () => line.refuse()],
])('F04 the line to the database %s: nobody gets two, nobody is forgotten', async (_, begin) => {
  const rows = 800
  const numberId = shop.connector.numbers[0]?.id ?? ''
  await api.send('PATCH', `/api/v1/numbers/${numberId}`, { pace_override_per_second: 200 })
  const before = (await accepted()).accepted
  const list = await prepareList({ api, connector: shop.connector, numberId }, { rows, category: 'UTILITY' })
  await api.send('POST', `/api/v1/lists/${list.id}/start`)
  await eventually(async () => expect((await accepted()).accepted).toBeGreaterThan(before))
  begin()
  await writeFor(4_000)
  line.restore()
  await eventually(async () => {
    const { body } = await api.get<List>(`/api/v1/lists/${list.id}`)
    expect(body).toMatchObject({
      state: 'finished',
      counts: { total: rows, waiting: 0, sending: 0, failed: 0 },
    })
    const { counts } = body
    expect(counts.sent + counts.unknown).toBe(rows)
    // What nobody heard of here is proven by its statuses: the hub calls sent what the provider accepted.
    const ledger = await accepted()
    expect(ledger.accepted - before).toBe(counts.sent)
    expect(ledger.repeated_recipient_count).toBe(0)
  }, 60_000)
  await eventually(async () => {
    const [heard] = await database.query<{ n: number }>(
      "select count(*) as n from messages where direction = 'in'",
    )
    expect(heard?.n).toBe(nextCustomer)
  }, 60_000)
})

it('F04 while the database is away the API says so with 503 and when to come again', async () => {
  line.refuse()
  await eventually(async () => {
    const response = await fetch(`${hub.url}/api/v1/me`, { headers: { authorization: 'Bearer pk_live_x' } })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.json()).toMatchObject({ error: { code: 'unavailable' } })
  })
  line.restore()
  await eventually(async () => expect((await fetch(`${hub.url}/readyz`)).status).toBe(200))
})
