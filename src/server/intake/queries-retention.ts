import { sql } from 'kysely'
import type { Db } from '../platform/index.ts'
import { idAt } from './queries-log.ts'

const key = 'intake.bodies_removed'

/**
 * Removes the bodies of the next logs that came before `until`. How far it has come is kept in the same transaction, so
 * that no run looks at rows of which the one before was done.
 */
export async function removeBodiesBefore(
  tx: Db,
  until: Date,
  stepSize: number,
): Promise<{ removed: number; isLast: boolean }> {
  const { rows } = await sql<{ removed: number; looked: number }>`
    with looked as materialized (
      select id from inbound_logs
      where id > coalesce((select value ->> 'id' from installation where key = ${key}), '')
        and id < ${idAt(until, 'earlier')}
      order by id limit ${stepSize}
    ), removed as (
      update inbound_logs l set body = null, headers = '{}'
      from looked where l.id = looked.id and l.body is not null
      returning 1
    ), kept as (
      insert into installation (key, value)
      select ${key}, jsonb_build_object('id', max(id)) from looked having count(*) > 0
      on conflict (key) do update set value = excluded.value
    )
    select (select count(*) from removed) as removed, (select count(*) from looked) as looked`.execute(tx)
  const { removed, looked } = rows[0] ?? { removed: 0, looked: 0 }
  return { removed, isLast: looked < stepSize }
}
