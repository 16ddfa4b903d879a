import { type RawBuilder, sql } from 'kysely'
import type { MessageStatus, RecipientState, WorkspaceId } from '../../../contract/index.ts'
import type { StoredError } from '../../messages/index.ts'
import type { Db } from '../../platform/index.ts'
import type { StoredRow } from './queries.ts'

/** A row of the list with the newest message that was made for it. */
export interface RecipientRow extends StoredRow {
  message_id: string | null
  status: MessageStatus | null
  error_code: string | null
  error: StoredError | null
}

export interface RecipientFilter {
  state: RecipientState | null
  reason: string | null
  search: string | null
}

export interface RecipientsWanted extends RecipientFilter {
  listId: string
  after: string | null
  limit: number
}

/** In the order of the file. The states are those of the counts: who has read counts as delivered and sent, too. */
export async function selectRecipients(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, after, limit, ...filter }: RecipientsWanted,
): Promise<RecipientRow[]> {
  const { rows } = await sql<RecipientRow>`
    select r.id, r.row_number, r.phone, r.cells, r.problem, m.id as message_id, m.status, m.error_code, m.error
    from recipients r
    ${needsMessage(filter.state) ? sql`join` : sql`left join`} messages m
      on m.workspace_id = r.workspace_id and m.list_id = r.list_id and m.recipient_id = r.id and not m.superseded
    where r.workspace_id = ${workspaceId} and r.list_id = ${listId}
      ${after === null ? sql`` : sql`and r.id > ${after}`}
      ${inState(filter.state)} ${withReason(filter.reason)} ${matching(filter.search)}
    order by r.id
    limit ${limit}`.execute(db)
  return rows
}

/** An inner join lets the planner begin with the few failed messages of a list of a million. */
function needsMessage(state: RecipientState | null): boolean {
  return state !== null && !['problem', 'waiting', 'skipped'].includes(state)
}

function inState(state: RecipientState | null): RawBuilder<unknown> {
  switch (state) {
    case null:
      return sql``
    case 'problem':
      return sql`and r.problem is not null`
    case 'waiting':
      return sql`and r.problem is null and (m.id is null or m.status = 'queued')`
    case 'failed':
      return sql`and m.exception = 'failed'`
    case 'sending':
    case 'read':
      return sql`and m.status = ${state}`
    case 'sent':
      return sql`and m.status in ('accepted', 'sent', 'delivered', 'read')`
    case 'delivered':
      return sql`and m.status in ('delivered', 'read')`
    case 'unknown':
      return sql`and m.exception in ('unknown', 'held')`
    case 'skipped':
      return sql`and (r.problem is not null or m.exception in ('skipped', 'cancelled', 'expired'))`
  }
}

function withReason(reason: string | null): RawBuilder<unknown> {
  if (reason === null) return sql``
  return sql`and (split_part(r.problem, ':', 1) = ${reason} or (r.problem is null and m.error_code = ${reason}))`
}

function matching(search: string | null): RawBuilder<unknown> {
  if (search === null) return sql``
  const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`and (r.phone like ${pattern} or exists (
    select 1 from jsonb_array_elements_text(r.cells) as cell where cell ilike ${pattern}))`
}
