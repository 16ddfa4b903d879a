import pg from 'pg'
import { ConfigError } from '../config-environment.ts'
import { clientConfig, type DatabaseTarget } from './connect.ts'

const majorMin = 15

interface ServerFacts {
  version_number: number
  /** Settings without which a commit that was answered may be lost, as far as they are off for this role. */
  hasty_settings: string[]
  is_superuser: boolean
  can_bypass: boolean
  unsafe_roles: string[] | null
}

/** Refuses to serve on a database that breaks the hub's promises: rows apart by workspace, commits on disk. */
export async function checkServer(target: DatabaseTarget): Promise<void> {
  const facts = await readFacts(target)
  if (facts.version_number < majorMin * 10_000) {
    throw new ConfigError(
      `Parley needs PostgreSQL ${majorMin} or newer; DATABASE_URL leads to ${facts.version_number / 10_000}.`,
    )
  }
  if (facts.is_superuser || facts.can_bypass) {
    throw new ConfigError(
      'DATABASE_URL signs in as a superuser (or with BYPASSRLS), who sees the rows of every workspace. Use a role with CREATEROLE that owns the database and is no superuser.',
    )
  }
  if (facts.unsafe_roles) {
    throw new ConfigError(
      `The database role ${facts.unsafe_roles[0]} must be neither superuser nor BYPASSRLS.`,
    )
  }
  if (facts.hasty_settings.length > 0) {
    const settings = facts.hasty_settings.join(' and ')
    throw new ConfigError(
      `The database runs with ${settings} off: it would lose messages it has confirmed. Switch ${settings} on.`,
    )
  }
}

async function readFacts(target: DatabaseTarget): Promise<ServerFacts> {
  const client = new pg.Client(clientConfig(target, 'check'))
  try {
    await client.connect()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
    throw new ConfigError(
      `The database can not be reached: ${reason}. Check DATABASE_URL and that PostgreSQL runs.`,
      { cause },
    )
  }
  try {
    const { rows } = await client.query<ServerFacts>(`
      select current_setting('server_version_num')::int as version_number,
        array(select name::text from pg_settings
          where name in ('fsync', 'synchronous_commit') and setting = 'off' order by name) as hasty_settings,
        me.rolsuper as is_superuser, me.rolbypassrls as can_bypass,
        (select array_agg(rolname::text) from pg_roles
         where rolname in ('parley_app', 'parley_worker') and (rolsuper or rolbypassrls)) as unsafe_roles
      from pg_roles me where me.rolname = session_user`)
    const facts = rows[0]
    if (!facts) throw new Error('PostgreSQL does not know the role that signed in.')
    return facts
  } finally {
    await client.end()
  }
}
