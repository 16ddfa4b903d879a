import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { temporaryDirectory } from '../../rig/processes.ts'
import { numberId, personId, workspaceId } from '../../src/contract/index.ts'
import { createConnector } from '../../src/server/connectors/index.ts'
import {
  type Actor,
  createContext,
  createLog,
  readConfig,
  startDatabase,
} from '../../src/server/platform/index.ts'
import { createProviders } from '../../src/server/providers/index.ts'
import type { EmulatorProcess } from './emulator.ts'
import { startProcess } from './processes.ts'

export interface BenchNumber {
  id: string
  connectorId: string
  phoneNumberId: string
}

/** A database in a folder of its own, a workspace in it, and the worker of the hub as a process when asked for. */
export async function openHub(emulator: EmulatorProcess, ports: { web: number }) {
  const directory = await temporaryDirectory()
  const environment = {
    PARLEY_DATA_DIR: directory.path,
    PARLEY_SECRET_KEY: randomBytes(32).toString('hex'),
    PARLEY_SANDBOX_PORT: String(emulator.port),
    PORT: String(ports.web),
    LOG_LEVEL: 'warn',
  }
  const config = { ...readConfig(environment), sandboxUrl: emulator.url }
  const database = await startDatabase(config, () => undefined)
  const { host, user, database: name } = database.target
  const log = createLog({ level: 'warn' })
  const { ctx: base, close } = await createContext({ config, target: database.target, log })
  const ctx = { ...base, providers: createProviders({ log }) }
  const owner = await insertWorkspace(ctx)

  const startRole = (role: 'web' | 'worker') =>
    startProcess(['src/main.ts', 'start', '--roles', role], {
      ...environment,
      DATABASE_URL: `postgresql://${user}@${encodeURIComponent(host ?? '')}/${name}`,
    })

  return {
    ctx,
    target: database.target,
    workspaceId: owner.workspaceId,
    connectNumber: async (): Promise<BenchNumber> => {
      const connector = await createConnector(ctx, owner, { provider: 'sandbox', name: 'Bench' })
      const number = connector.numbers[0]
      if (number === undefined) throw new Error('The sandbox gave no number.')
      return {
        id: numberId.parse(number.id),
        connectorId: connector.id,
        phoneNumberId: number.phone_number_id,
      }
    },
    setPace: (number: BenchNumber, perSecond: number) =>
      sql`update numbers set pace_limit_per_second = ${perSecond}, messaging_limit = 'TIER_UNLIMITED' where id = ${number.id}`.execute(
        ctx.db.worker,
      ),
    startWorker: () => startRole('worker'),
    startWeb: () => startRole('web'),
    close: async () => {
      await ctx.providers.close()
      await close()
      await database.stop()
      await directory.remove()
    },
  }
}

export type BenchHub = Awaited<ReturnType<typeof openHub>>

async function insertWorkspace(ctx: Parameters<typeof createConnector>[0]): Promise<Actor> {
  const workspace = workspaceId.parse(ctx.random.id('wsp'))
  const person = personId.parse(ctx.random.id('per'))
  await ctx.db.asWorker(async (tx) => {
    await sql`insert into workspaces (id, slug, name) values (${workspace}, 'bench', 'Bench')`.execute(tx)
    await sql`insert into people (id, email, name, password_hash) values (${person}, 'bench@example.com', 'Bench', '')`.execute(
      tx,
    )
    await sql`insert into members (workspace_id, person_id, role) values (${workspace}, ${person}, 'owner')`.execute(
      tx,
    )
  })
  return {
    kind: 'person',
    id: person,
    workspaceId: workspace,
    role: 'owner',
    scopes: ['read', 'send', 'manage'],
    name: 'Bench',
  }
}
