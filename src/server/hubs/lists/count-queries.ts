import { sql } from 'kysely'
import type { WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'

export interface CountRow {
  list_id: string
  bucket: string
  reason: string
  n: number
}

/** One snapshot of merged counts and changes not merged yet, so the sum is exact at every moment. */
export async function selectCounts(
  db: Db,
  workspaceId: WorkspaceId,
  listIds: readonly string[],
): Promise<CountRow[]> {
  const { rows } = await sql<CountRow>`
    select list_id, bucket, reason, sum(n)::bigint as n
    from (
      select list_id, bucket, reason, n from list_counts
      where workspace_id = ${workspaceId} and list_id = any (${[...listIds]}::text[])
      union all
      select list_id, bucket, reason, n from list_count_deltas
      where workspace_id = ${workspaceId} and list_id = any (${[...listIds]}::text[])
    ) as counted
    group by 1, 2, 3
    having sum(n) <> 0`.execute(db)
  return rows
}

export async function insertCountDelta(
  db: Db,
  workspaceId: WorkspaceId,
  delta: { listId: string; bucket: string; reason: string; n: number },
): Promise<void> {
  if (delta.n === 0) return
  await sql`
    insert into list_count_deltas (workspace_id, list_id, bucket, reason, n)
    values (${workspaceId}, ${delta.listId}, ${delta.bucket}, ${delta.reason}, ${delta.n})`.execute(db)
}

export interface MergedList {
  workspace_id: string
  list_id: string
  /** How many more have gone out than before. */
  sent_more: number
  /** How many more have failed with one of the codes asked for. */
  stopping_more: number
}

const deltasMax = 50_000

/**
 * Moves changes into the counts and says which lists they touched. Delete and add are one statement: a reader sees a
 * change in one of the two tables, never in both and never in none.
 */
export async function mergeCountDeltas(db: Db, stoppingCodes: readonly string[]): Promise<MergedList[]> {
  const { rows } = await sql<MergedList>`
    with taken as (
      delete from list_count_deltas
      where id in (select id from list_count_deltas order by id limit ${deltasMax} for update skip locked)
      returning workspace_id, list_id, bucket, reason, n
    ), summed as (
      select workspace_id, list_id, bucket, reason, sum(n) as n from taken group by 1, 2, 3, 4
    ), merged as (
      insert into list_counts as c (workspace_id, list_id, bucket, reason, n)
      select s.workspace_id, s.list_id, s.bucket, s.reason, s.n
      from summed s
      join lists l on l.workspace_id = s.workspace_id and l.id = s.list_id
      where s.n <> 0
      order by 1, 2, 3, 4
      on conflict (workspace_id, list_id, bucket, reason) do update set n = c.n + excluded.n
    )
    select workspace_id, list_id,
           coalesce(sum(n) filter (where bucket in ('sent', 'delivered', 'read', 'failed', 'unknown')), 0)::int as sent_more,
           coalesce(sum(n) filter (where bucket = 'failed' and reason = any (${[...stoppingCodes]}::text[])), 0)::int as stopping_more
    from summed
    group by 1, 2`.execute(db)
  return rows
}

/** Recipients of a started list that no message was made for yet. */
export async function countUnexpanded(db: Db, workspaceId: WorkspaceId, listId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n
    from recipients r
    join lists l on l.workspace_id = r.workspace_id and l.id = r.list_id
    where r.workspace_id = ${workspaceId} and r.list_id = ${listId} and r.problem is null
      and l.expanded_at is null and (l.expanded_to is null or r.id > l.expanded_to)`.execute(db)
  return rows[0]?.n ?? 0
}

/** Messages per second of late; readers take it for 0 when it grows old. */
export async function updateRate(
  db: Db,
  { workspaceId, listId, perSecond }: { workspaceId: string; listId: string; perSecond: number },
): Promise<void> {
  await sql`
    update lists set rate_per_second = ${perSecond}, rate_at = now()
    where workspace_id = ${workspaceId} and id = ${listId}`.execute(db)
}

/** Who waits in the list and takes no place of the daily limit: written to within a day already, or inside the window. */
export async function selectFreePeople(db: Db, listId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select list_free_people(${listId}) as n`.execute(db)
  return rows[0]?.n ?? 0
}
