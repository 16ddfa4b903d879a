import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMigrations as migrateBullmq } from 'bullmq'
import pg from 'pg'
import { ConfigError } from '../config-environment.ts'
import { beginEra } from './begin-era.ts'
import { clientConfig, type DatabaseTarget } from './connect.ts'

export interface MigrationRun {
  /** File names applied now, in order. */
  applied: string[]
}

/** Any number will do as long as every hub uses the same. */
const migrationLock = 7_275_393_917

const ledger = `create table if not exists schema_migrations (
  version int primary key,
  name text not null,
  sha256 text not null,
  applied_at timestamptz not null default now()
)`

/** Brings the database to the newest numbered file. Runs as the owner; hubs that start together take turns. */
export async function migrateDatabase(target: DatabaseTarget, migrationsDir: string): Promise<MigrationRun> {
  const files = await readMigrations(migrationsDir)
  const client = new pg.Client(clientConfig(target, 'migrations'))
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(ledger)
    const applied = await applyMissing(client, files)
    await migrateJobs(client)
    await beginEra(client)
    return { applied }
  } finally {
    // Ending the session also gives the lock back.
    await client.end()
  }
}

interface Migration {
  version: number
  name: string
  statements: string
  sha256: string
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort()
  const migrations = await Promise.all(names.map((name) => readMigration(dir, name)))
  const twice = migrations.find((migration, index) => migrations[index - 1]?.version === migration.version)
  if (twice) throw new Error(`Two migrations have the number of ${twice.name}.`)
  return migrations
}

async function readMigration(dir: string, name: string): Promise<Migration> {
  const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]
  if (!number) throw new Error(`${name} is not a migration name: four digits, an underscore, words.`)
  const statements = await readFile(join(dir, name), 'utf8')
  return {
    version: Number(number),
    name,
    statements,
    sha256: createHash('sha256').update(statements).digest('hex'),
  }
}

async function applyMissing(client: pg.Client, migrations: Migration[]): Promise<string[]> {
  const { rows } = await client.query<{ version: number; sha256: string }>(
    'select version, sha256 from schema_migrations',
  )
  const done = new Map(rows.map((row) => [row.version, row.sha256]))
  const newest = Math.max(0, ...migrations.map((migration) => migration.version))
  const ahead = rows.find((row) => row.version > newest)
  if (ahead)
    throw new ConfigError(
      `The database is at migration ${ahead.version}, newer than this Parley (${newest}). Update Parley.`,
    )

  const applied: string[] = []
  for (const migration of migrations) {
    const sha256 = done.get(migration.version)
    if (sha256 === undefined) {
      await apply(client, migration)
      applied.push(migration.name)
    } else if (sha256 !== migration.sha256) {
      throw new ConfigError(
        `${migration.name} was changed since this database was made with it, which can happen until the first release. Start with an empty database (another PARLEY_DATA_DIR), or with the Parley that made this one.`,
      )
    }
  }
  return applied
}

/** File and ledger row commit together: a crash in the middle leaves the database as it was. */
async function apply(client: pg.Client, { version, name, statements, sha256 }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(statements)
    await client.query('insert into schema_migrations (version, name, sha256) values ($1, $2, $3)', [
      version,
      name,
      sha256,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`Migration ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
  }
}

/** The job library's own tables, in their own schema. Its functions are for the worker role alone. */
async function migrateJobs(client: pg.Client): Promise<void> {
  await migrateBullmq(client)
  await client.query(`
    grant usage on schema bullmq to parley_worker;
    grant select, insert, update, delete, truncate on all tables in schema bullmq to parley_worker;
    grant usage, select, update on all sequences in schema bullmq to parley_worker;
    grant execute on all functions in schema bullmq to parley_worker;
  `)
}
