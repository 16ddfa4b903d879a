import { sql } from 'kysely'
import { type WorkspaceId, workspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

/** Ids sort by the time they were made, so what is older is a range of the primary key. */
function boundary(before: Date): string {
  return `evt_${before.getTime().toString(16).padStart(12, '0')}`
}

export async function selectWorkspacesWithEventsBefore(db: Db, before: Date): Promise<WorkspaceId[]> {
  const { rows } = await sql<{ id: string }>`
    select w.id from workspaces w
    where exists (select from events e where e.workspace_id = w.id and e.id < ${boundary(before)})
    order by w.id`.execute(db)
  return rows.map(({ id }) => workspaceId.parse(id))
}

/** Removes the oldest and moves the beginning of the feed behind them. */
export async function removeEventsBefore(
  db: Db,
  workspaceId: WorkspaceId,
  { before, limit }: { before: Date; limit: number },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with old as (
      select id from events
      where workspace_id = ${workspaceId} and id < ${boundary(before)}
      order by id limit ${limit}
    ), removed as (
      delete from events e using old
      where e.workspace_id = ${workspaceId} and e.id = old.id
      returning e.era, e.xid, e.seq
    ), moved as (
      insert into feed_starts as s (workspace_id, era, xid, seq)
      select ${workspaceId}, era, xid, seq from removed order by era desc, xid desc, seq desc limit 1
      on conflict (workspace_id) do update
      set era = excluded.era, xid = excluded.xid, seq = excluded.seq
      where (excluded.era, excluded.xid, excluded.seq) > (s.era, s.xid, s.seq)
    )
    select count(*) as count from removed`.execute(db)
  return rows[0]?.count ?? 0
}
