import { sql } from 'kysely'
import type { WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'
import { nextDigits } from './phone-digits.ts'
import type { Candidates, ReadableList, RowsWanted } from './read-queries.ts'

/** Where a few rows of a million are found at once: each source is the beginning of a range of an index. */
interface Source extends RowsWanted {
  workspaceId: WorkspaceId
  reason: string | null
}

/** Recipients whose message needs somebody's eye. */
export function withException(
  { workspaceId, list, after, limit, reason }: Source,
  exceptions: readonly string[],
): Candidates {
  return sql`
    select m.recipient_id as id
    from unnest(${[...exceptions]}::text[]) as wanted(exception)
    cross join lateral (
      select m.recipient_id from messages m
      where m.workspace_id = ${workspaceId} and m.list_id = ${list.id} and m.exception = wanted.exception
        and m.recipient_id > ${after ?? ''} and not m.superseded
        ${reason === null ? sql`` : sql`and m.error_code = ${reason}`}
      order by m.recipient_id
      limit ${limit}
    ) as m`
}

/** Rows that were left out, before the start or by it. */
export function withProblem({ workspaceId, list, after, limit, reason }: Source): Candidates {
  return sql`(
    select r.id from recipients r
    where r.workspace_id = ${workspaceId} and r.list_id = ${list.id} and r.id > ${after ?? ''} and r.problem is not null
      ${reason === null ? sql`` : sql`and split_part(r.problem, ':', 1) = ${reason}`}
    order by r.id
    limit ${limit})`
}

/** What is on its way just now, in a table of what has no outcome yet. */
export function inFlight({ workspaceId, list, after, limit }: Source): Candidates {
  return sql`(
    select m.recipient_id as id
    from message_attempts a
    cross join lateral (
      select m.recipient_id from messages m
      where m.workspace_id = a.workspace_id and m.id = a.message_id and m.list_id = ${list.id}
        and m.recipient_id > ${after ?? ''} and m.status = 'sending' offset 0
    ) as m
    where a.ended_at is null and a.workspace_id = ${workspaceId}
    order by m.recipient_id
    limit ${limit})`
}

/** Rows that no message was made of yet. */
export function unexpanded({ workspaceId, list, after, limit }: Omit<Source, 'reason'>): Candidates {
  const { expanded_to: to, expanded_at } = list
  if (expanded_at !== null) return sql`select null::text as id where false`
  const from = (after ?? '') > (to ?? '') ? after : to
  return sql`(
    select r.id from recipients r
    where r.workspace_id = ${workspaceId} and r.list_id = ${list.id} and r.id > ${from ?? ''} and r.problem is null
    order by r.id
    limit ${limit})`
}

export function withIds(ids: readonly string[], after: string | null): Candidates {
  return sql`select id from unnest(${[...ids]}::text[]) as found(id) where id > ${after ?? ''}`
}

/** Rows whose phone begins or ends with these digits, at most so many of each. */
export async function selectIdsByPhone(
  db: Db,
  workspaceId: WorkspaceId,
  { list, digits, limit }: { list: ReadableList; digits: string; limit: number },
): Promise<string[]> {
  const reversed = [...digits].reverse().join('')
  const { rows } = await sql<{ id: string }>`
    (select id from recipients
     where workspace_id = ${workspaceId} and list_id = ${list.id} and problem is distinct from 'duplicate'
       and phone >= ${digits} ${below(sql`phone`, digits)}
     limit ${limit})
    union
    (select id from recipients
     where workspace_id = ${workspaceId} and list_id = ${list.id}
       and phone_backwards >= ${reversed} ${below(sql`phone_backwards`, reversed)}
     limit ${limit})`.execute(db)
  return rows.map((row) => row.id)
}

/** Digits are in the same order in every collation, other signs are not. */
function below(column: Candidates, digits: string): Candidates {
  const end = nextDigits(digits)
  return end === null ? sql`` : sql`and ${column} < ${end}`
}
