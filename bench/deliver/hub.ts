import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { temporaryDirectory } from '../../rig/processes.ts'
import { eventSamples } from '../../src/contract/index.ts'
import { createContext, createLog, readConfig, startDatabase } from '../../src/server/platform/index.ts'
import { startProcess } from '../send/processes.ts'

const workspaceId = 'wsp_00000000000000000000000000000001'

/** A database in a folder of its own, and the hub's worker as a process on it. */
export async function openHub(ports: { hub: number }) {
  const directory = await temporaryDirectory()
  const environment = {
    PARLEY_DATA_DIR: directory.path,
    PARLEY_SECRET_KEY: randomBytes(32).toString('hex'),
    PARLEY_ALLOW_PRIVATE_WEBHOOKS: '1',
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
  await sql`insert into workspaces (id, slug, name) values (${workspaceId}, 'bench', 'Bench')`.execute(
    ctx.db.worker,
  )

  return {
    environment: { ...environment, DATABASE_URL },
    startWorker: () => startProcess(['bench/deliver/webhooks-worker.ts'], { ...environment, DATABASE_URL }),
    clear: () => sql`delete from webhook_endpoints`.execute(ctx.db.worker),
    /** Endpoints at these addresses, and so many events that every endpoint is to hear, all at one moment. */
    add: (urls: readonly string[], eventCount: number): Promise<void> =>
      ctx.db.asWorker(async (tx) => {
        for (const url of urls) {
          const id = ctx.random.id('whe')
          const secret = `whsec_${randomBytes(24).toString('base64')}`
          const sealed = ctx.secrets.seal(secret, `webhook_endpoints:${id}:secret`)
          await sql`
            insert into webhook_endpoints (workspace_id, id, name, destination_url, events, secret_sealed)
            values (${workspaceId}, ${id}, 'Bench', ${url}, '{message.delivered}', ${sealed})`.execute(tx)
        }
        await sql`
          insert into events (workspace_id, id, type, at, data)
          select ${workspaceId}, parley_id('evt'), 'message.delivered', now(),
                 ${JSON.stringify(eventSamples['message.delivered'])}::jsonb
          from generate_series(1, ${eventCount}::int)`.execute(tx)
      }),
    unrecorded: async (): Promise<number> => {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id
        where d.state <> 'delivered' and e.name = 'Bench' and e.last_success_at is not null`.execute(
        ctx.db.worker,
      )
      return rows[0]?.count ?? 0
    },
    close: async () => {
      await close()
      await database.stop()
      await directory.remove()
    },
  }
}

export type BenchHub = Awaited<ReturnType<typeof openHub>>
