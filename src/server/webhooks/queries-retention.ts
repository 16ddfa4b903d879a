import { sql } from 'kysely'
import type { Db } from '../platform/index.ts'

const key = 'webhooks.bodies_removed'

/** Where the run before ended; the first attempt of all when there was none, null when there is no attempt either. */
export async function selectBodiesRemovedUntil(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select coalesce((select (value ->> 'until')::timestamptz from installation where key = ${key}),
                    (select min(at) from webhook_attempts)) as at`.execute(db)
  return rows[0]?.at ?? null
}

export async function setBodiesRemovedUntil(db: Db, until: Date): Promise<void> {
  await sql`
    insert into installation (key, value) values (${key}, ${JSON.stringify({ until })}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(db)
}

/** Of attempts, and what a test of their delivery sent. */
export async function removeBodiesBetween(
  db: Db,
  { since, until }: { since: Date; until: Date },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with emptied as (
      update webhook_attempts set request_headers = null, response_headers = null, response_body = null
      where at >= ${since} and at < ${until} and request_headers is not null
      returning workspace_id, delivery_id
    ), tests as (
      update webhook_deliveries d set payload = null
      from emptied e
      where d.workspace_id = e.workspace_id and d.id = e.delivery_id and d.payload is not null and d.state <> 'pending'
    )
    select count(*) as count from emptied`.execute(db)
  return rows[0]?.count ?? 0
}
