import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Api, apiOf } from '../rig/api.ts'
import { createKey, freePort, temporaryDirectory } from '../rig/processes.ts'
import { type Customer, openCustomer } from './customer.ts'
import { type FaultyDatabase, openDatabase } from './database.ts'
import { type Front, openFront } from './front.ts'
import { HubSlot } from './hub-slot.ts'
import { patient } from './patient.ts'
import { openProvider, type Provider } from './provider.ts'

/** Everything that takes part, each a process of its own but the customer and the front. */
export interface Stage {
  database: FaultyDatabase
  provider: Provider
  hubs: readonly HubSlot[]
  customer: Customer
  /** The hub's API by way of the front, asked again until somebody answers. */
  api: Api
  close(): Promise<void>
}

export async function openStage({ seed, hubCount }: { seed: number; hubCount: number }): Promise<Stage> {
  const closers: (() => Promise<void>)[] = []
  const closing = async () => {
    for (const close of closers.splice(0).toReversed())
      await close().catch((error: unknown) => console.error(error))
  }
  // Whoever ends the run early must not leave a dozen processes behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void closing().then(() => process.exit(130)))
  try {
    const directory = await temporaryDirectory()
    closers.push(directory.remove)
    const database = await openDatabase(directory.path, hubCount)
    closers.push(database.close)
    const provider = await openProvider(seed, join(directory.path, 'provider'))
    closers.push(provider.close)
    const customer = await openCustomer()
    closers.push(customer.close)
    const front = await openFront()
    closers.push(front.close)

    const options = {
      dataDir: directory.path,
      args: ['start', '--roles', 'web,worker'],
      env: {
        DATABASE_URL: database.url,
        PARLEY_SECRET_KEY: randomBytes(32).toString('hex'),
        PARLEY_PUBLIC_URL: front.url,
        PARLEY_GRAPH_URL: provider.url,
      },
    }
    const hubs = openSlots(hubCount, options, front)
    closers.push(async () => {
      await Promise.all(hubs.map((hub) => hub.close()))
    })
    // One after the other the first time: they migrate the same database.
    for (const hub of hubs) await hub.start()
    const key = await createKey({ ...options, port: await freePort() })
    return { database, provider, hubs, customer, api: patient(apiOf(front.url, key)), close: closing }
  } catch (error) {
    await closing()
    throw error
  }
}

function openSlots(
  count: number,
  options: ConstructorParameters<typeof HubSlot>[1],
  front: Front,
): readonly HubSlot[] {
  const hubs: HubSlot[] = []
  const onChange = () => front.setTargets(hubs.filter((hub) => hub.state === 'up').map((hub) => hub.port))
  for (let index = 0; index < count; index += 1) hubs.push(new HubSlot(`hub ${index + 1}`, options, onChange))
  return hubs
}
