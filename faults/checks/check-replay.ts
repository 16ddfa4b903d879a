import { eventually } from '../../rig/api.ts'
import { expectCallbacksDrained } from '../quiesce.ts'
import type { Stage } from '../stage.ts'
import { complain } from './evidence.ts'
import { takeSnapshot } from './table-changes.ts'

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

/** How fast a list went within the last seconds: a worker writes it down once more when these have passed. */
const passing = { lists: ['rate_per_second', 'rate_at'] }

const replayTakesMs = 900_000

/** I7: everything that providers ever told is worked on once more, and nothing changes. */
export async function checkReplay(stage: Stage): Promise<string[]> {
  const before = await takeSnapshot(stage.database, tables, passing)
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
  const changes = await before.changes()
  await before.drop()
  return complain('I7', 'a replay changes nothing', changes)
}
