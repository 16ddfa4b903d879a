import { eventually } from '../../rig/api.ts'
import { expectCallbacksDrained } from '../quiesce.ts'
import type { Stage } from '../stage.ts'
import { complain } from './evidence.ts'

/** What customers said and what we made of it. Left out: the log that is replayed, leases, sessions, jobs. */
const tables = [
  'contacts',
  'conversations',
  'messages',
  'message_attempts',
  'message_statuses',
  'message_reactions',
  'orphan_statuses',
  'outbound_external_ids',
  'templates',
  'lists',
  'recipients',
  'list_counts',
  'list_count_deltas',
  'events',
  'webhook_deliveries',
] as const

const replayTakesMs = 900_000

/** I7: everything that providers ever told is worked on once more, and nothing changes. */
export async function checkReplay(stage: Stage): Promise<string[]> {
  const before = await fingerprint(stage)
  const startedAt = new Date()
  const { status, body } = await stage.api.send<{ id: string }>('POST', '/api/v1/inbound-logs/replay', {
    since: new Date(0).toISOString(),
    until: new Date().toISOString(),
  })
  if (status !== 202) return [`I7 the log can't be replayed: ${status} ${JSON.stringify(body)}`]
  await eventually(async () => {
    const replay = await stage.api.get<{ state: string }>(`/api/v1/inbound-logs/replays/${body.id}`)
    if (replay.body.state === 'running') throw new Error('The replay has not come to its end.')
  }, replayTakesMs)
  await eventually(() => expectCallbacksDrained(stage), replayTakesMs)
  const after = await fingerprint(stage)
  const changed = tables.filter((table) => before.get(table) !== after.get(table))
  const news = await stage.database.query<{ message_id: string; kind: string }>(
    'select message_id, kind from message_statuses where received_at > $1 limit 3',
    [startedAt],
  )
  return complain('I7', 'a replay changes nothing', [
    ...changed.map((table) => `${table} ${before.get(table)} became ${after.get(table)}`),
    ...news.map(({ message_id, kind }) => `${message_id} is ${kind} only now`),
  ])
}

/** A sum of hashes: of any number of rows in any order, without keeping them. */
async function fingerprint({ database }: Stage): Promise<Map<string, string>> {
  const hashes = new Map<string, string>()
  for (const table of tables) {
    const [row] = await database.query<{ hash: string }>(
      `select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as hash from ${table} t`,
    )
    hashes.set(table, row?.hash ?? '')
  }
  return hashes
}
