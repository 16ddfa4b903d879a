import { sql } from 'kysely'
import type { MessageId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'

/** Of these people, those to whom exactly one message of the last ten minutes has no outcome, and that is not in flight. */
export async function selectOnlyUnknowns(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
  phones: readonly string[],
): Promise<{ to_phone: string; id: MessageId }[]> {
  if (phones.length === 0) return []
  const { rows } = await sql<{ to_phone: string; id: MessageId }>`
    with unsettled as (
      select id, to_phone, state from messages
      where workspace_id = ${workspaceId} and exception in ('unknown', 'held') and number_id = ${numberId}
        and to_phone = any (${phones}) and intent_at > now() - interval '10 minutes'
      union all
      select m.id, m.to_phone, m.state from message_attempts a
      join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id and m.attempt = a.n
      where a.workspace_id = ${workspaceId} and a.ended_at is null and m.state = 'intent'
        and m.number_id = ${numberId} and m.to_phone = any (${phones})
    )
    select to_phone, min(id) as id from unsettled
    group by to_phone having count(*) = 1 and bool_and(state = 'unknown')`.execute(db)
  return rows
}

/** Of these ids, those whose failure was kept before for want of a message. */
export async function selectOrphanIds(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
  externalIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ external_id: string }>`
    select external_id from orphan_statuses
    where workspace_id = ${workspaceId} and number_id = ${numberId} and kind = 'failed'
      and external_id = any (${externalIds})`.execute(db)
  return rows.map((row) => row.external_id)
}
