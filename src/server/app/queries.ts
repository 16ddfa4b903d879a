import { sql } from 'kysely'
import type { Checklist, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

/** One statement of cheap existence checks over the tables of several rooms, which only the app may look at together. */
export async function selectChecklist(db: Db, workspaceId: WorkspaceId): Promise<Checklist> {
  const { rows } = await sql<Checklist>`
    select
      exists (select from connectors where workspace_id = ${workspaceId} and status <> 'PENDING') as connected,
      exists (select from conversations
              where workspace_id = ${workspaceId} and last_inbound_at is not null) as received_message,
      -- By way of the conversations: to look for origin 'agent' alone would read every message of a big list.
      exists (select from conversations c join messages m using (workspace_id, number_id, contact_id)
              where c.workspace_id = ${workspaceId} and c.last_inbound_at is not null
                and m.origin = 'agent') as sent_reply,
      exists (select from hubs where workspace_id = ${workspaceId}) as created_hub,
      exists (select from lists where workspace_id = ${workspaceId} and state = 'finished') as finished_list`.execute(
    db,
  )
  const row = rows[0]
  if (!row) throw new Error('The checklist could not be read.')
  return row
}
