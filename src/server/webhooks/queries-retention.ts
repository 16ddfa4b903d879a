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

/** The oldest that have ended, with their attempts. Ids sort by time, so in each workspace they are a range of its key. */
export async function removeDeliveriesBefore(
  db: Db,
  { before, limit }: { before: Date; limit: number },
): Promise<number> {
  const boundary = `whd_${before.getTime().toString(16).padStart(12, '0')}`
  const { rows } = await sql<{ count: number }>`
    with old as (
      select d.workspace_id, d.id from workspaces w
      cross join lateral (
        select workspace_id, id from webhook_deliveries
        where workspace_id = w.id and id < ${boundary} and state <> 'pending'
        order by id limit ${limit}) d
      limit ${limit}
    ), removed as (
      delete from webhook_deliveries d using old
      where d.workspace_id = old.workspace_id and d.id = old.id
      returning 1
    )
    select count(*) as count from removed`.execute(db)
  return rows[0]?.count ?? 0
}
