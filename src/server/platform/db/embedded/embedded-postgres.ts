import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { clientConfig, type DatabaseTarget } from '../connect.ts'
import { provideBinaries } from './binaries.ts'
import { ownerRole, provideCluster, superuser } from './cluster.ts'
import { isHubRunning, lockDataDirectory } from './hub-lock.ts'
import { provideLayout } from './layout.ts'
import { type ServerPlan, startServer, stopServer } from './server-process.ts'
import { chooseServerUser } from './server-user.ts'

export interface EmbeddedPostgres {
  /** Signs in as the owner of the database `parley`, who is no superuser. */
  target: DatabaseTarget
  superuserTarget: DatabaseTarget
  homeDir: string
  processId(): number | undefined
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  dataDir: string
  /** Sentences for the person at the terminal: where the database lives when not in the data directory, restarts. */
  onNotice: (notice: string) => void
  /** Beside or instead of the usual ones; tests switch fsync off. */
  settings?: Record<string, string>
}

const usualSettings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  synchronous_commit: 'on',
  fsync: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_line_prefix: '%m [%p] ',
}

const databaseName = 'parley'

/** A real PostgreSQL on a private socket, started with the hub, kept running and stopped with it. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const user = chooseServerUser()
  const layout = await provideLayout(options.dataDir, user)
  const lock = await lockDataDirectory(layout.socketDir, options.dataDir)
  try {
    if (layout.isMoved && user) {
      options.onNotice(
        `PostgreSQL runs as ${user.name}, who can't enter ${options.dataDir}: the database lives in ${layout.homeDir}.`,
      )
    }
    const binaries = await provideBinaries(user, layout.sharedDir)
    await provideCluster(binaries, layout, user)
    const settings = { ...usualSettings, unix_socket_directories: layout.socketDir, ...options.settings }
    const supervisor = await supervise({ binaries, layout, user, settings }, options.onNotice)
    const superuserTarget = { host: layout.socketDir, user: superuser, database: 'postgres' }
    await provideOwner(superuserTarget)
    return {
      target: { host: layout.socketDir, user: ownerRole, database: databaseName },
      superuserTarget,
      homeDir: layout.homeDir,
      processId: supervisor.processId,
      stop: async () => {
        await supervisor.stop()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** The server of the hub that runs on this data directory; null when none does. */
export async function findRunningPostgres(dataDir: string): Promise<DatabaseTarget | null> {
  const { socketDir } = await provideLayout(dataDir, chooseServerUser())
  return (await isHubRunning(socketDir)) ? { host: socketDir, user: ownerRole, database: databaseName } : null
}

/** Starts the server and starts it again whenever it ends without being told to. */
async function supervise(plan: ServerPlan, onNotice: (notice: string) => void) {
  let server = await startServer(plan)
  let isStopping = false
  const watching = watch()

  async function watch(): Promise<void> {
    for (;;) {
      await server.ended
      if (isStopping) return
      onNotice('PostgreSQL ended unexpectedly and is started again.')
      await restart()
    }
  }

  async function restart(): Promise<void> {
    while (!isStopping) {
      try {
        server = await startServer(plan)
        return
      } catch (error) {
        onNotice(error instanceof Error ? error.message : String(error))
        await delay(1_000, undefined, { ref: false })
      }
    }
  }

  return {
    processId: () => server.child.pid,
    stop: async () => {
      isStopping = true
      await stopServer(server)
      await watching
    },
  }
}

async function provideOwner(target: DatabaseTarget): Promise<void> {
  const client = new pg.Client(clientConfig(target, 'set-up'))
  await client.connect()
  try {
    const { rowCount: roles } = await client.query('select from pg_roles where rolname = $1', [ownerRole])
    if (!roles) await client.query(`create role ${ownerRole} login createrole nosuperuser`)
    const { rowCount: databases } = await client.query('select from pg_database where datname = $1', [
      databaseName,
    ])
    if (!databases) await client.query(`create database ${databaseName} owner ${ownerRole}`)
  } finally {
    await client.end()
  }
}
