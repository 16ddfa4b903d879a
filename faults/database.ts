import pg from 'pg'
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../src/server/platform/db/embedded/embedded-postgres.ts'

/** One PostgreSQL for several hubs, watched and started again by this process, with the hub's own settings. */
export interface FaultyDatabase {
  /** For hubs: the owner of the database, by way of the socket. */
  url: string
  /** As the superuser, who sees everything; tries again while the server is away. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** SIGKILL to the postmaster; resolves when the server takes connections again. */
  killPostmaster(): Promise<void>
  close(): Promise<void>
}

const database = 'parley'
const patienceMs = 60_000

export async function openDatabase(dataDir: string, hubCount: number): Promise<FaultyDatabase> {
  const server = await startEmbeddedPostgres({
    dataDir,
    onNotice: () => undefined,
    // For every hub, and what is left of those just killed.
    settings: { max_connections: String(100 * hubCount) },
  })
  const pool = new pg.Pool({ ...server.superuserTarget, database, max: 6, types: countsAsNumbers() })
  pool.on('error', () => undefined)

  async function query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
    const giveUpAt = Date.now() + patienceMs
    for (;;) {
      try {
        return (await pool.query<Row>(text, [...values])).rows
      } catch (error) {
        if (!isAboutTheConnection(error) || Date.now() > giveUpAt) throw error
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  return {
    url: urlOf(server),
    query,
    killPostmaster: async () => {
      killIfAlive(server.processId())
      await query('select 1')
    },
    close: async () => {
      await pool.end()
      await server.stop()
    },
  }
}

function urlOf({ target: { host, user } }: EmbeddedPostgres): string {
  return `postgresql://${user}@${encodeURIComponent(host ?? '')}/${database}`
}

/** It may be dead from the time before, and not be up again yet. */
function killIfAlive(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function countsAsNumbers(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides()
  types.setTypeParser(pg.types.builtins.INT8, Number)
  return types
}

/** Not what the statement says is wrong, but that nobody is there, or no more, to hear it. */
function isAboutTheConnection(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || /^(57P0|08|53)/.test(error.code ?? '')
}
