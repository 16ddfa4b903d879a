import { fileURLToPath } from 'node:url'
import type { Config } from '../config.ts'
import { checkServer } from './check-server.ts'
import type { DatabaseTarget } from './connect.ts'
import { findRunningPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.ts'
import { type MigrationRun, migrateDatabase } from './migrate.ts'

export interface StartedDatabase {
  target: DatabaseTarget
  migrations: MigrationRun
  /** Stops the embedded server; leaves one of your own running. Call after every connection is closed. */
  stop(): Promise<void>
}

/** From src/server/platform/db as well as from dist/server/platform/db. */
const migrationsDir = fileURLToPath(new URL('../../../../migrations', import.meta.url))

/** The database the configuration asks for, fit to serve and migrated. Throws ConfigError with a plain sentence. */
export async function startDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  onNotice: (notice: string) => void,
): Promise<StartedDatabase> {
  const { target, stop } = await findServer(config, onNotice)
  try {
    await checkServer(target)
    const migrations = await migrateDatabase(target, migrationsDir)
    return { target, migrations, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** For a command beside the hub: joins the database of a hub that runs, and starts it like the hub when none does. */
export async function joinDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  onNotice: (notice: string) => void,
): Promise<StartedDatabase> {
  const target = config.databaseUrl ? null : await findRunningPostgres(config.dataDir)
  if (target) return { target, migrations: { applied: [] }, stop: async () => undefined }
  return startDatabase(config, onNotice)
}

async function findServer(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  onNotice: (notice: string) => void,
) {
  if (databaseUrl) return { target: { connectionString: databaseUrl.reveal() }, stop: async () => undefined }
  return startEmbeddedPostgres({ dataDir, onNotice })
}
