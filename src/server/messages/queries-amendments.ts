import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { type NamedRow, namesOf } from './queries-names.ts'

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
  /** The message's own id, whichever the amendment names. */
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
  targets: readonly NamedRow[],
): Promise<AmendmentRow[]> {
  if (targets.length === 0) return []
  const { rows } = await sql<AmendmentRow>`
    select distinct on (t.number_id, t.external_id, a.kind) t.number_id, t.external_id as target_external_id, a.kind,
      a.at, m.content -> 'edit' -> 'message' as edited
    from (${namesOf(targets)}) t
    join message_amendments a on a.workspace_id = ${workspaceId} and a.number_id = t.number_id
      and a.target_external_id = t.name
    join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
    order by t.number_id, t.external_id, a.kind, a.at desc, m.external_id desc`.execute(db)
  return rows
}
