import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { MessageRow } from './message.ts'

export interface Amendment {
  number_id: string
  target_external_id: string
  kind: 'edit' | 'revoke'
  /** The message that edits or deletes. */
  message_id: string
  at: Date
}

export async function insertAmendment(db: Db, workspaceId: WorkspaceId, amendment: Amendment): Promise<void> {
  const { number_id, target_external_id, kind, message_id, at } = amendment
  await sql`
    insert into message_amendments (workspace_id, number_id, target_external_id, kind, message_id, at)
    values (${workspaceId}, ${number_id}, ${target_external_id}, ${kind}, ${message_id}, ${at})
    on conflict do nothing`.execute(db)
}

export interface AmendmentRow {
  number_id: string
  target_external_id: string
  kind: 'edit' | 'revoke'
  at: Date
  /** Of an edit: the new message, as the provider put it. */
  edited: unknown
}

/** What changed any of these messages: the newest of each kind, in whatever order they came. */
export async function selectAmendments(
  db: Db,
  workspaceId: WorkspaceId,
  targets: readonly MessageRow[],
): Promise<AmendmentRow[]> {
  const pairs = targets.filter((row) => row.external_id !== null)
  if (pairs.length === 0) return []
  const { rows } = await sql<AmendmentRow>`
    select distinct on (a.number_id, a.target_external_id, a.kind) a.number_id, a.target_external_id, a.kind, a.at,
      m.content -> 'edit' -> 'message' as edited
    from message_amendments a
    join unnest(${pairs.map((row) => row.number_id)}::text[], ${pairs.map((row) => row.external_id)}::text[])
      as t(number_id, external_id) on a.number_id = t.number_id and a.target_external_id = t.external_id
    join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
    where a.workspace_id = ${workspaceId}
    order by a.number_id, a.target_external_id, a.kind, a.at desc, m.external_id desc`.execute(db)
  return rows
}
