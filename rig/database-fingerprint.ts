import { join } from 'node:path'
import pg from 'pg'

/** What customers said and what we made of it. Left out: the log that is replayed, leases, sessions, jobs. */
const tables = [
  'contacts',
  'contact_changes',
  'consent_changes',
  'conversations',
  'messages',
  'message_statuses',
  'message_reactions',
  'message_amendments',
  'orphan_statuses',
  'media',
  'account_changes',
  'templates',
  'template_changes',
  'notices',
  'lists',
  'recipients',
  'list_counts',
  'list_count_deltas',
  'events',
  'webhook_deliveries',
] as const

/** One hash per table over all its rows, by way of the socket of the hub's own PostgreSQL. */
export async function databaseFingerprint({ dataDir }: { dataDir: string }): Promise<Record<string, string>> {
  const client = new pg.Client({
    host: join(dataDir, 'postgres', 'run'),
    user: 'parley_owner',
    database: 'parley',
  })
  await client.connect()
  try {
    const hashes: Record<string, string> = {}
    for (const table of tables) {
      const { rows } = await client.query<{ hash: string | null }>(
        `select count(*) || ':' || coalesce(md5(string_agg(line, e'\\n' order by line)), '') as hash
         from (select to_jsonb(t)::text as line from ${table} t) as lines`,
      )
      hashes[table] = rows[0]?.hash ?? ''
    }
    return hashes
  } finally {
    await client.end()
  }
}
