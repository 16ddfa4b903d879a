import { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely'
import pg from 'pg'
import type { Database, Databases, Db } from './databases.ts'
import { preparedPool } from './prepared-pool.ts'

/** Where PostgreSQL listens and as whom to sign in. */
export type DatabaseTarget = Pick<
  pg.ClientConfig,
  'connectionString' | 'host' | 'port' | 'user' | 'password' | 'database'
>

export type DatabaseRole = 'parley_app' | 'parley_worker'

/** How long the server works on a statement, waits for the next one of a transaction, and may say nothing at all. */
interface Patience {
  statementMs: number
  betweenStatementsMs: number
  /** Longer than a connection stays idle, or each idle one would count as cut. */
  silenceMs: number
}

/** A process that stands still must not keep others from the rows of its last transaction for longer. */
const patienceOf: Record<'app' | 'worker' | 'long' | 'lanes' | 'intake', Patience> = {
  // A list of a million rows is deleted at once.
  app: { statementMs: 120_000, betweenStatementsMs: 30_000, silenceMs: 150_000 },
  worker: { statementMs: 30_000, betweenStatementsMs: 15_000, silenceMs: 45_000 },
  // All of five million rows, on a machine that has other things to do.
  long: { statementMs: 900_000, betweenStatementsMs: 60_000, silenceMs: 960_000 },
  lanes: { statementMs: 20_000, betweenStatementsMs: 10_000, silenceMs: 35_000 },
  intake: { statementMs: 20_000, betweenStatementsMs: 10_000, silenceMs: 35_000 },
}
const idleMs = 30_000

export interface PoolOptions {
  target: DatabaseTarget
  max: number
  /** Taken at the connection's start, so no statement can forget it. Left out: the login itself (the owner). */
  role?: DatabaseRole
  /** Shown in pg_stat_activity. */
  name: string
  /** Left out: the public schema. */
  searchPath?: string
  /** Settings of PostgreSQL for each connection. */
  settings?: Readonly<Record<string, string>>
  /** Left out: without end. */
  patience?: Patience
  /** An idle connection broke (server gone or restarted). The pool opens a new one when asked next. */
  onIdleError?: (error: Error) => void
}

/** Counts and sums fit a double here; text would make every sum a concatenation. */
function numericTypes(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides()
  types.setTypeParser(pg.types.builtins.INT8, Number)
  return types
}

export function clientConfig(
  target: DatabaseTarget,
  name: string,
  role?: DatabaseRole,
  searchPath?: string,
  extraSettings: Readonly<Record<string, string>> = {},
): pg.ClientConfig {
  const settings = {
    ...(role ? { role } : {}),
    ...(searchPath ? { search_path: searchPath } : {}),
    ...extraSettings,
  }
  return {
    ...target,
    application_name: `parley ${name}`,
    types: numericTypes(),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 10_000,
    options: Object.entries(settings)
      .map(([setting, value]) => `-c ${setting}=${value}`)
      .join(' '),
  }
}

export function openPool(options: PoolOptions): pg.Pool {
  const { target, max, role, name, searchPath, settings, patience, onIdleError } = options
  const pool = new pg.Pool({
    ...clientConfig(target, name, role, searchPath, { ...settings, ...limitsOf(patience) }),
    ...(patience ? { stream: () => socketEndingAfter(patience.silenceMs) } : {}),
    max,
    idleTimeoutMillis: idleMs,
  })
  // Without a listener a broken idle connection would end the process. One that breaks while it is closed is no news.
  pool.on('error', (error) => (pool.ending ? undefined : onIdleError?.(error)))
  // The same for one in use, between two statements of a transaction: the next statement fails and tells it.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

function limitsOf(patience: Patience | undefined): Record<string, string> {
  if (!patience) return {}
  const { statementMs, betweenStatementsMs } = patience
  return {
    statement_timeout: String(statementMs),
    idle_in_transaction_session_timeout: String(betweenStatementsMs),
  }
}

/** When the machine of the database is gone nobody says so, and the driver would wait for its answer for ever. */
function socketEndingAfter(silenceMs: number): Socket {
  const socket = new Socket()
  socket.setTimeout(silenceMs, () =>
    socket.destroy(new Error(`PostgreSQL said nothing for ${silenceMs} ms.`)),
  )
  return socket
}

const closeTimeoutMs = 1_000

/** The driver calls a pool ended while its sockets still close; a server stopped right then would complain into them. */
export async function endPool(pool: pg.Pool, end: () => Promise<void> = () => pool.end()): Promise<void> {
  let openCount = pool.totalCount
  const allClosed = new Promise<void>((resolve) => {
    if (openCount === 0) resolve()
    pool.on('remove', () => {
      openCount -= 1
      if (openCount === 0) resolve()
    })
  })
  await end()
  await Promise.race([allClosed, delay(closeTimeoutMs, undefined, { ref: false })])
}

/** Few rows by their keys, always: what a table without statistics would make the planner read as a whole. */
export const loopsOverIndexes = {
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
  plan_cache_mode: 'force_generic_plan',
}

export interface DatabasesOptions {
  target: DatabaseTarget
  poolSizes?: Partial<Record<keyof typeof patienceOf, number>>
  onIdleError?: (error: Error) => void
}

export function openDatabases({ target, poolSizes = {}, onIdleError }: DatabasesOptions): Databases {
  const shared = onIdleError ? { target, onIdleError } : { target }
  const appPool = openPool({
    ...shared,
    name: 'app',
    role: 'parley_app',
    max: poolSizes.app ?? 10,
    patience: patienceOf.app,
  })
  const workerPool = openPool({
    ...shared,
    name: 'worker',
    role: 'parley_worker',
    max: poolSizes.worker ?? 6,
    patience: patienceOf.worker,
  })
  const longPool = openPool({
    ...shared,
    name: 'long',
    role: 'parley_worker',
    max: poolSizes.long ?? 3,
    patience: patienceOf.long,
  })
  const lanesPool = openPool({
    ...shared,
    name: 'lanes',
    role: 'parley_worker',
    max: poolSizes.lanes ?? 8,
    settings: loopsOverIndexes,
    patience: patienceOf.lanes,
  })
  const intakePool = openPool({
    ...shared,
    name: 'intake',
    role: 'parley_worker',
    max: poolSizes.intake ?? 4,
    patience: patienceOf.intake,
  })
  const app = kyselyOn(appPool)
  const worker = kyselyOn(workerPool)
  const long = kyselyOn(longPool)
  const lanes = kyselyOn(preparedPool(lanesPool))
  const intake = kyselyOn(intakePool)

  return {
    inWorkspace: (workspaceId, work) =>
      app.transaction().execute(async (tx) => {
        // Local to the transaction: a session-level setting would leak to the connection's next user.
        await sql`select set_config('parley.workspace_id', ${workspaceId}, true)`.execute(tx)
        return work(tx)
      }),
    asWorker: (work) => worker.transaction().execute(work),
    asPatientWorker: (work) => long.transaction().execute(work),
    worker,
    lanes,
    intake,
    close: async () => {
      await Promise.all([
        endPool(appPool, () => app.destroy()),
        endPool(workerPool, () => worker.destroy()),
        endPool(longPool, () => long.destroy()),
        endPool(lanesPool, () => lanes.destroy()),
        endPool(intakePool, () => intake.destroy()),
      ])
    },
  }
}

function kyselyOn(pool: pg.Pool | PostgresPool): Db {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}
