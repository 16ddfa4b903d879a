import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { idAt } from './queries-log.ts'

const key = 'intake.bodies_removed'

/**
 * Removes the bodies of the next logs that came before `until`. How far it has come is kept in the same transaction, so
 * that no run looks at rows of which the one before was done. Nobody can help what is set aside and has no body: those
 * workspaces are `given_up`.
 */
export async function removeBodiesBefore(
  tx: Db,
  until: Date,
  stepSize: number,
): Promise<{ removed: number; isLast: boolean; given_up: WorkspaceId[] }> {
  const { rows } = await sql<{ removed: number; looked: number; given_up: WorkspaceId[] }>`
    with looked as materialized (
      select id, workspace_id, parked_at from inbound_logs
      where id > coalesce((select value ->> 'id' from installation where key = ${key}), '')
        and id < ${idAt(until, 'earlier')}
      order by id limit ${stepSize}
    ), removed as (
      update inbound_logs l set body = null, headers = '{}', parked_at = null
      from looked where l.id = looked.id and l.body is not null
      returning 1
    ), kept as (
      insert into installation (key, value)
      select ${key}, jsonb_build_object('id', max(id)) from looked having count(*) > 0
      on conflict (key) do update set value = excluded.value
    )
    select (select count(*) from removed) as removed, (select count(*) from looked) as looked,
      array(select distinct workspace_id from looked where parked_at is not null and workspace_id is not null
            order by 1) as given_up`.execute(tx)
  const { removed, looked, given_up } = rows[0] ?? { removed: 0, looked: 0, given_up: [] }
  return { removed, isLast: looked < stepSize, given_up }
}
