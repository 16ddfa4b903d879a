import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FaultyDatabase, openDatabase } from '../../faults/database.ts'
import { type Api, apiOf, eventually } from '../../rig/api.ts'
import {
  createKey,
  freePort,
  type HubOptions,
  type Process,
  startEmulator,
  startHub,
  temporaryDirectory,
} from '../../rig/processes.ts'
import { connect, prepareList, waitForList } from '../../rig/shop.ts'

interface Lane {
  number_id: string
  owner: string | null
}

const numbersMax = 4
const rows = 1_500

let database: FaultyDatabase
let emulator: Process
let directory: Awaited<ReturnType<typeof temporaryDirectory>>
const hubs: Process[] = []
const env: Record<string, string> = { PARLEY_SECRET_KEY: randomBytes(32).toString('hex') }

beforeAll(async () => {
  directory = await temporaryDirectory()
  database = await openDatabase(directory.path, 2)
  emulator = await startEmulator()
  env.DATABASE_URL = database.url
  env.PARLEY_GRAPH_URL = emulator.url
})
afterAll(async () => {
  await Promise.all(hubs.map((hub) => hub.stop()))
  await emulator?.stop()
  await database?.close()
  await directory?.remove()
})

async function openHub(): Promise<{ hub: Process; options: HubOptions }> {
  const args = ['start', '--roles', 'web,worker']
  const options: HubOptions = { dataDir: directory.path, port: await freePort(), args, env }
  const hub = await startHub(options)
  hubs.push(hub)
  return { hub, options }
}

async function ownersOf(api: Api, numberIds: readonly string[]): Promise<Set<string | null>> {
  const { body } = await api.get<{ data: Lane[] }>('/api/v1/lanes')
  return new Set(body.data.flatMap(({ number_id, owner }) => (numberIds.includes(number_id) ? [owner] : [])))
}

function setPace(api: Api, numberIds: readonly string[], perSecond: number | null): Promise<unknown> {
  const change = { pace_override_per_second: perSecond }
  return Promise.all(numberIds.map((id) => api.send('PATCH', `/api/v1/numbers/${id}`, change)))
}

it('a second worker takes its share of the lanes, and all of them when the first is stopped: each message goes once', async () => {
  const first = await openHub()
  const key = await createKey({ ...first.options, port: await freePort() })
  const api = apiOf(first.hub.url, key)
  const control = apiOf(emulator.url)
  // Nobody is told of statuses: the callback address goes away with the first.
  await control.send('PATCH', '/_control/settings', { statuses: 'none' })
  const lists: { id: string }[] = []
  const numberIds: string[] = []
  for (let n = 0; n < numbersMax; n += 1) {
    const { connector } = await connect(api, control, { throughput: 1000 })
    const numberId = connector.numbers[0]?.id ?? ''
    numberIds.push(numberId)
    lists.push(await prepareList({ api, connector, numberId }, { rows, category: 'UTILITY' }))
  }
  // Slow enough that nothing is over before both have had their turn.
  await setPace(api, numberIds, 20)
  for (const { id } of lists) await api.send('POST', `/api/v1/lists/${id}/start`)
  await eventually(async () => {
    const owners = await ownersOf(api, numberIds)
    expect(owners.size).toBe(1)
    expect(owners).not.toContain(null)
  })
  const [alone] = await ownersOf(api, numberIds)

  const second = await openHub()
  await eventually(async () => {
    const owners = await ownersOf(api, numberIds)
    expect(owners.size).toBe(2)
    expect(owners).not.toContain(null)
  })
  await first.hub.stop()
  const left = apiOf(second.hub.url, key)
  await eventually(async () => {
    const owners = await ownersOf(left, numberIds)
    expect(owners.size).toBe(1)
    expect(owners).not.toContain(null)
    expect(owners).not.toContain(alone)
  })
  await setPace(left, numberIds, null)

  for (const { id } of lists) {
    const { counts } = await waitForList(left, id, 'finished')
    // Who is stopped gracefully leaves nothing in doubt.
    expect(counts).toMatchObject({ total: rows, sent: rows, waiting: 0, sending: 0, failed: 0, unknown: 0 })
  }
  const { body } = await control.get('/_control/ledger?summary=1')
  expect(body).toMatchObject({
    accepted: rows * numbersMax,
    repeated_recipient_count: 0,
    repeated_opaque_count: 0,
  })
})
