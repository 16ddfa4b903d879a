import { sql } from 'kysely'
import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { FactOfMessage } from './record-facts.ts'

export interface NewMemberFact {
  message_id: string
  kind: string
  member: string
}

/** What became of a message to a group with one of its members, beside what the message shows as a whole. */
export async function insertMemberFacts(
  db: Db,
  workspaceId: WorkspaceId,
  facts: readonly FactOfMessage[],
): Promise<NewMemberFact[]> {
  const { rows } = await sql<NewMemberFact>`
    insert into message_statuses (workspace_id, message_id, kind, recipient, at, error, pricing, inbound_log_id)
    select ${workspaceId}, m.id, t.kind, t.member, t.at, t.error, t.pricing, t.inbound_log_id
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as t(
      message_id text, kind text, member text, at timestamptz, error jsonb, pricing jsonb, inbound_log_id text)
    join messages m on m.workspace_id = ${workspaceId} and m.id = t.message_id
    on conflict do nothing
    returning message_id, kind, recipient as member`.execute(db)
  return rows
}
