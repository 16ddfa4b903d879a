import { type RawBuilder, sql } from 'kysely'
import type { MessageStatus, RecipientState, WorkspaceId } from '../../../contract/index.ts'
import type { StoredError } from '../../messages/index.ts'
import type { Db } from '../../platform/index.ts'
import type { ListRow } from '../lists/list.ts'
import type { StoredRow } from './queries.ts'

/** A row of the list with the newest message that was made for it. */
export interface RecipientRow extends StoredRow {
  message_id: string | null
  status: MessageStatus | null
  error_code: string | null
  error: StoredError | null
  /** Of the contact, once a message was made. */
  contact_user_id: string | null
  username: string | null
}

export interface RecipientFilter {
  state: RecipientState | null
  reason: string | null
  search: string | null
}

export type ReadableList = Pick<ListRow, 'id' | 'state' | 'expanded_to' | 'expanded_at'>

/** Which rows of a list, from where on, and how many. Rows are read by keys, never by going through all of a list. */
export interface RowsWanted {
  list: ReadableList
  after: string | null
  limit: number
}

/** Ids of recipients in the order of the file, of which the first are shown. */
export type Candidates = RawBuilder<unknown>

// One look-up for each row. As a plain join, a page in the middle of a million rows reads all messages before it.
const newestMessage = sql`
  left join lateral (
    select m.id as message_id, m.status, m.exception, m.error_code, m.error, c.user_id as contact_user_id, c.username
    from messages m join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
    where m.workspace_id = r.workspace_id and m.list_id = r.list_id and m.recipient_id = r.id and not m.superseded
    order by m.round desc limit 1
  ) as m on true`

const shown = sql`r.id, r.row_number, r.phone, r.user_id, r.cells, r.problem, m.message_id, m.status, m.error_code, m.error,
  m.contact_user_id, m.username`

export async function selectCandidates(
  db: Db,
  workspaceId: WorkspaceId,
  { list, limit }: RowsWanted,
  candidates: Candidates,
): Promise<RecipientRow[]> {
  const { rows } = await sql<RecipientRow>`
    select ${shown}
    from (select distinct id from (${candidates}) as any_of order by id limit ${limit}) as found
    cross join lateral (
      select * from recipients
      where workspace_id = ${workspaceId} and list_id = ${list.id} and id = found.id offset 0
    ) as r
    ${newestMessage}
    order by r.id`.execute(db)
  return rows
}

/** Rows up to `until`, or to the end, that fulfil a condition on the row `r` and its message `m`. */
export async function selectThrough(
  db: Db,
  workspaceId: WorkspaceId,
  { list, after, limit }: RowsWanted,
  { until, condition }: { until: string | null; condition: RawBuilder<unknown> },
): Promise<RecipientRow[]> {
  const { rows } = await sql<RecipientRow>`
    select ${shown}
    from recipients r ${newestMessage}
    where r.workspace_id = ${workspaceId} and r.list_id = ${list.id} and ${behind(after)}
      ${until === null ? sql`` : sql`and r.id <= ${until}`} ${condition}
    order by r.id
    limit ${limit}`.execute(db)
  return rows
}

/** The id so many rows further on; null when the list ends before. */
export async function selectStepEnd(
  db: Db,
  workspaceId: WorkspaceId,
  { list, after }: Pick<RowsWanted, 'list' | 'after'>,
  step: number,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select r.id from recipients r
    where r.workspace_id = ${workspaceId} and r.list_id = ${list.id} and ${behind(after)}
    order by r.id
    offset ${step - 1} limit 1`.execute(db)
  return rows[0]?.id ?? null
}

/** Rows whose message waits in the queue, the next to go first. `after` is the id of a message. */
export async function selectQueued(
  db: Db,
  workspaceId: WorkspaceId,
  { list, after, limit }: RowsWanted,
): Promise<RecipientRow[]> {
  const { rows } = await sql<RecipientRow>`
    select ${shown}
    from send_queue q
    cross join lateral (
      select m.id as message_id, m.recipient_id, m.status, m.error_code, m.error, c.user_id as contact_user_id, c.username
      from messages m join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
      where m.workspace_id = ${workspaceId} and m.id = q.message_id and m.status = 'queued' and not m.superseded
      offset 0
    ) as m
    cross join lateral (
      select * from recipients
      where workspace_id = ${workspaceId} and list_id = ${list.id} and id = m.recipient_id offset 0
    ) as r
    where q.workspace_id = ${workspaceId} and q.list_id = ${list.id} and q.message_id > ${after ?? ''}
    order by q.message_id
    limit ${limit}`.execute(db)
  return rows
}

/** The id of the row before a row of the file. */
export async function selectIdBefore(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, rowNumber }: { listId: string; rowNumber: number },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from recipients
    where workspace_id = ${workspaceId} and list_id = ${listId} and row_number < ${rowNumber}
    order by row_number desc
    limit 1`.execute(db)
  return rows[0]?.id ?? null
}

function behind(after: string | null): RawBuilder<unknown> {
  return sql`r.id > ${after ?? ''}`
}
