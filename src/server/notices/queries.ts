import { sql } from 'kysely'
import type { NoticeKind, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

export interface NewNotice {
  kind: NoticeKind
  subject_id: string
  subject_name: string
  aspect: string
  params: Record<string, unknown>
  expires_at: Date | null
  created_at: Date
}

/** The open notice of this kind, subject and aspect makes way; one that may stay only when it ran out or says something else. */
export async function supersedeNotice(
  db: Db,
  workspaceId: WorkspaceId,
  notice: NewNotice & { mayStay: boolean },
): Promise<void> {
  await sql`
    update notices set resolved_at = least(now(), coalesce(expires_at, now()))
    where workspace_id = ${workspaceId} and kind = ${notice.kind} and subject_id = ${notice.subject_id}
      and aspect = ${notice.aspect} and resolved_at is null
      and (not ${notice.mayStay}::boolean or expires_at <= now() or params is distinct from ${JSON.stringify(notice.params)}::jsonb
        or expires_at is distinct from ${notice.expires_at}::timestamptz)`.execute(db)
}

/** False when the same notice is open already. */
export async function insertNotice(db: Db, workspaceId: WorkspaceId, notice: NewNotice): Promise<boolean> {
  const { rows } = await sql`
    insert into notices (workspace_id, id, kind, subject_id, subject_name, aspect, params, expires_at,
      created_at)
    values (${workspaceId}, parley_id('ntc'), ${notice.kind}, ${notice.subject_id}, ${notice.subject_name},
      ${notice.aspect}, ${JSON.stringify(notice.params)}::jsonb, ${notice.expires_at}, ${notice.created_at})
    on conflict (workspace_id, kind, subject_id, aspect) where resolved_at is null do nothing
    returning id`.execute(db)
  return rows.length > 0
}

export async function updateParams(
  db: Db,
  workspaceId: WorkspaceId,
  { kind, subject_id, aspect, params }: Pick<NewNotice, 'kind' | 'subject_id' | 'aspect' | 'params'>,
): Promise<void> {
  await sql`
    update notices set params = ${JSON.stringify(params)}::jsonb
    where workspace_id = ${workspaceId} and kind = ${kind} and subject_id = ${subject_id} and aspect = ${aspect}
      and resolved_at is null and params is distinct from ${JSON.stringify(params)}::jsonb`.execute(db)
}

export async function closeNotices(
  db: Db,
  workspaceId: WorkspaceId,
  { kinds, subject_id, aspect }: { kinds: readonly NoticeKind[]; subject_id: string; aspect: string },
): Promise<boolean> {
  const { rows } = await sql`
    update notices set resolved_at = least(now(), coalesce(expires_at, now()))
    where workspace_id = ${workspaceId} and kind = any (${[...kinds]}::text[]) and subject_id = ${subject_id}
      and (${aspect} = '' or aspect = ${aspect}) and resolved_at is null
    returning id`.execute(db)
  return rows.length > 0
}

export interface NoticeRow {
  id: string
  kind: string
  subject_id: string
  subject_name: string
  aspect: string
  params: Record<string, unknown>
  created_at: Date
  expires_at: Date | null
  resolved_at: Date | null
}

const columns = sql`n.id, n.kind, n.subject_id, n.subject_name, n.aspect, n.params, n.created_at, n.expires_at,
  coalesce(n.resolved_at, case when n.expires_at <= now() then n.expires_at end) as resolved_at`

/** What somebody hasn't seen and still is worth seeing: a condition that ended meanwhile is not. */
function isUnread(readerId: string) {
  return sql`n.resolved_at is null and (n.expires_at is null or n.expires_at > now()) and not exists (
    select from notice_reads r
    where r.workspace_id = n.workspace_id and r.reader_id = ${readerId} and r.notice_id = n.id)`
}

/** Newest first, one more than `limit`; `before` is the id of the last notice of the page before. */
export async function selectNotices(
  db: Db,
  workspaceId: WorkspaceId,
  options: { readerId: string; unreadOnly: boolean; before: string | null; limit: number },
): Promise<(NoticeRow & { read: boolean })[]> {
  const { readerId, unreadOnly, before, limit } = options
  const { rows } = await sql<NoticeRow & { read: boolean }>`
    select ${columns}, not (${isUnread(readerId)}) as read
    from notices n
    where n.workspace_id = ${workspaceId}
      ${before === null ? sql`` : sql`and n.id < ${before}`}
      ${unreadOnly ? sql`and ${isUnread(readerId)}` : sql``}
    order by n.id desc
    limit ${limit + 1}`.execute(db)
  return rows
}

/** Kinds of the notices a reader hasn't seen, with their number. */
export async function countUnread(
  db: Db,
  workspaceId: WorkspaceId,
  readerId: string,
): Promise<{ kind: string; count: number }[]> {
  const { rows } = await sql<{ kind: string; count: number }>`
    select n.kind, count(*)::int as count from notices n
    where n.workspace_id = ${workspaceId} and ${isUnread(readerId)}
    group by n.kind`.execute(db)
  return rows
}

/** Null: all that there are. False when there is none of that id. */
export async function insertReads(
  db: Db,
  workspaceId: WorkspaceId,
  { readerId, noticeId }: { readerId: string; noticeId: string | null },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    with meant as (
      select id from notices n
      where n.workspace_id = ${workspaceId} ${noticeId === null ? sql`and ${isUnread(readerId)}` : sql`and n.id = ${noticeId}`}
    ), written as (
      insert into notice_reads (workspace_id, notice_id, reader_id)
      select ${workspaceId}, id, ${readerId} from meant
      on conflict do nothing
    )
    select exists (select from meant) as found`.execute(db)
  return rows[0]?.found ?? false
}

/** Open notices about any of the subjects. */
export async function selectOpenNotices(
  db: Db,
  workspaceId: WorkspaceId,
  subjectIds: readonly string[],
): Promise<NoticeRow[]> {
  if (subjectIds.length === 0) return []
  const { rows } = await sql<NoticeRow>`
    select ${columns} from notices n
    where n.workspace_id = ${workspaceId} and n.subject_id = any (${[...subjectIds]}::text[])
      and n.resolved_at is null and (n.expires_at is null or n.expires_at > now())
    order by n.id desc`.execute(db)
  return rows
}
