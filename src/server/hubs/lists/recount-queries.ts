import { sql } from 'kysely'
import type { WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'
import { skippedAtStart } from '../match/problem.ts'
import type { CountRow } from './count-queries.ts'

/** What the counts must be, from the rows themselves: slow, for checking. Refused rows count in lists.rows_refused. */
function recounted(workspaceId: string, listId: string) {
  return sql<CountRow>`
    select list_id, bucket, reason, count(*)::bigint as n
    from (
      select list_id, list_bucket(m) as bucket,
             list_reason(m) as reason
      from messages m
      where workspace_id = ${workspaceId} and list_id = ${listId}
      union all
      select list_id, 'skipped', split_part(problem, ':', 1)
      from recipients
      where workspace_id = ${workspaceId} and list_id = ${listId}
        and split_part(problem, ':', 1) = any (${[...skippedAtStart]})
      union all
      select r.list_id, 'skipped', 'erased'
      from recipients r
      join lists l on l.workspace_id = r.workspace_id and l.id = r.list_id
      where r.workspace_id = ${workspaceId} and r.list_id = ${listId} and r.problem is null
        and (l.expanded_at is not null or r.id <= l.expanded_to)
        and not exists (
          select 1 from messages m
          where m.workspace_id = r.workspace_id and m.list_id = r.list_id and m.recipient_id = r.id)
      union all
      select r.list_id, 'skipped', 'cancelled'
      from recipients r
      join lists l on l.workspace_id = r.workspace_id and l.id = r.list_id
      where r.workspace_id = ${workspaceId} and r.list_id = ${listId} and l.state = 'cancelled'
        and r.problem is null and l.expanded_at is null and (l.expanded_to is null or r.id > l.expanded_to)
    ) as counted
    where bucket is not null
    group by 1, 2, 3`
}

export async function recountList(db: Db, workspaceId: WorkspaceId, listId: string): Promise<CountRow[]> {
  const { rows } = await recounted(workspaceId, listId).execute(db)
  return rows
}

export interface Difference {
  bucket: string
  reason: string
  /** What had to be added to the count. */
  n: number
}

/**
 * Compares the counts of a list with its rows and writes down what is missing, in one statement: one snapshot, so that
 * what is changing just now stands in both or in neither.
 */
export async function repairCounts(db: Db, workspaceId: string, listId: string): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    with rows_say as (${recounted(workspaceId, listId)}),
    counts_say as (
      select bucket, reason, sum(n) as n
      from (
        select bucket, reason, n from list_counts where workspace_id = ${workspaceId} and list_id = ${listId}
        union all
        select bucket, reason, n from list_count_deltas where workspace_id = ${workspaceId} and list_id = ${listId}
      ) as kept
      group by 1, 2
    )
    insert into list_count_deltas (workspace_id, list_id, bucket, reason, n)
    select ${workspaceId}, ${listId}, bucket, reason, coalesce(r.n, 0) - coalesce(c.n, 0)
    from rows_say r full join counts_say c using (bucket, reason)
    where coalesce(r.n, 0) <> coalesce(c.n, 0)
    returning bucket, reason, n`.execute(db)
  return rows
}

/** Lists that have been started, of all workspaces. */
export async function selectStartedLists(
  db: Db,
  { after, limit }: { after: string; limit: number },
): Promise<{ workspace_id: WorkspaceId; id: string }[]> {
  const { rows } = await sql<{ workspace_id: WorkspaceId; id: string }>`
    select workspace_id, id from lists
    where id > ${after} and state not in ('importing', 'draft', 'ready', 'scheduled')
    order by id
    limit ${limit}`.execute(db)
  return rows
}
