import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { temporaryDirectory } from '../../rig/processes.ts'
import { createContext, createLog, readConfig, startDatabase } from '../../src/server/platform/index.ts'
import { startProcess } from '../send/processes.ts'
import { type WebhookAddress, wamid } from './bodies.ts'

/** A database in a folder of its own with one connected number that has sent messages, and the hub's processes on it. */
export async function openHub({
  ports,
  sentMessages,
}: {
  ports: { hub: number; bare: number }
  sentMessages: number
}) {
  const directory = await temporaryDirectory()
  const environment = {
    PARLEY_DATA_DIR: directory.path,
    PARLEY_SECRET_KEY: randomBytes(32).toString('hex'),
    PORT: String(ports.hub),
    LOG_LEVEL: 'warn',
  }
  const config = readConfig(environment)
  const database = await startDatabase(config, () => undefined)
  const { host, user, database: name } = database.target
  const DATABASE_URL = `postgresql://${user}@${encodeURIComponent(host ?? '')}/${name}`
  const { ctx, close } = await createContext({
    config,
    target: database.target,
    log: createLog({ level: 'warn' }),
  })
  const address = await insertNumber(ctx)
  await insertSentMessages(ctx, sentMessages)

  return {
    ctx,
    address,
    startWeb: () =>
      startProcess(['src/main.ts', 'start', '--roles', 'web'], { ...environment, DATABASE_URL }),
    startWorker: () =>
      startProcess(['src/main.ts', 'start', '--roles', 'worker'], { ...environment, DATABASE_URL }),
    startBare: () =>
      startProcess(['bench/intake/bare-server.ts', address.appSecret, workspaceId, connectorId], {
        ...environment,
        DATABASE_URL,
        PORT: String(ports.bare),
      }),
    clearLog: () => sql`truncate inbound_logs`.execute(ctx.db.worker).catch(() => deleteLog(ctx)),
    close: async () => {
      await close()
      await database.stop()
      await directory.remove()
    },
  }
}

export type BenchHub = Awaited<ReturnType<typeof openHub>>
type Ctx = Pick<Awaited<ReturnType<typeof createContext>>['ctx'], 'db' | 'secrets'>

/** Workers may not truncate. */
async function deleteLog(ctx: Ctx): Promise<void> {
  await sql`delete from inbound_logs`.execute(ctx.db.worker)
}

const workspaceId = 'wsp_00000000000000000000000000000001'
const connectorId = 'con_00000000000000000000000000000001'
const numberId = 'num_00000000000000000000000000000001'

/** A workspace with a connected number, beside whatever there is. */
export async function insertNumber(ctx: Ctx): Promise<WebhookAddress> {
  const address = {
    path: '/webhooks/meta/bench',
    appSecret: 'bench-secret',
    wabaId: '102290129340398',
    phoneNumberId: '106540352242922',
  }
  const credentials = JSON.stringify({
    access_token: 'bench',
    app_secret: address.appSecret,
    verify_token: 'bench',
  })
  const sealed = ctx.secrets.seal(credentials, `${workspaceId}|connectors|credentials_sealed|${connectorId}`)
  await ctx.db.asWorker(async (tx) => {
    await sql`insert into workspaces (id, slug, name) values (${workspaceId}, 'intake-bench', 'Bench')`.execute(
      tx,
    )
    await sql`
      insert into connectors (workspace_id, id, provider, name, key, waba_id, status, credentials_sealed)
      values (${workspaceId}, ${connectorId}, 'meta', 'Bench', 'bench', ${address.wabaId}, 'ACTIVE', ${sealed})`.execute(
      tx,
    )
    await sql`
      insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone)
      values (${workspaceId}, ${numberId}, ${connectorId}, ${address.phoneNumberId}, '+598', '59891234567')`.execute(
      tx,
    )
  })
  return address
}

export async function insertSentMessages(ctx: Ctx, count: number): Promise<void> {
  await ctx.db.asWorker(async (tx) => {
    await sql`
      insert into contacts (workspace_id, id, phone, source)
      select ${workspaceId}, 'ctc_' || lpad(to_hex(n), 32, '0'), (598091000000 + n)::text, 'list'
      from generate_series(0, 4999) n`.execute(tx)
    await sql`
      insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, external_id,
        state, to_phone)
      select ${workspaceId}, 'msg_' || lpad(to_hex(n), 32, '0'), ${numberId},
        'ctc_' || lpad(to_hex(n % 5000), 32, '0'), 'out', 'api', 'text', '{"text":{"body":"Hello"}}', w, 'accepted',
        (598091000000 + n % 5000)::text
      from unnest(${Array.from({ length: count }, (_, n) => wamid(n))}::text[]) with ordinality as m(w, ordinal),
        lateral (select (ordinal - 1)::int as n) i`.execute(tx)
  })
  await sql`analyze messages`.execute(ctx.db.worker).catch(() => undefined)
}
