import type { WorkspaceId } from '../../../contract/index.ts'
import { appendEvents, type EventEntry } from '../../events/index.ts'
import type { Db } from '../../platform/index.ts'
import { selectNumberNames } from './queries-consent.ts'
import type { ConsentTurn } from './record-consents.ts'

/** Tells customers who stands otherwise now, where no message says it. In the transaction of the change. */
export async function tellConsents(
  db: Db,
  workspaceId: WorkspaceId,
  turns: readonly ConsentTurn[],
): Promise<void> {
  await appendEvents(db, workspaceId, await eventsOfTurns(db, workspaceId, turns))
}

/** The same events for whoever writes them together with others. */
export async function eventsOfTurns(
  db: Db,
  workspaceId: WorkspaceId,
  turns: readonly ConsentTurn[],
): Promise<EventEntry[]> {
  const numberIds = turns.flatMap(({ number_id }) => number_id ?? [])
  const names = await selectNumberNames(db, workspaceId, [...new Set(numberIds)])
  return turns.map(
    ({ type, at, contact_id, number_id, phone, user_id, reason, scope, source, inbound_log_id }) => ({
      type,
      at,
      contact_id,
      inbound_log_id,
      ...(number_id === null ? {} : { number_id }),
      data: {
        instance_id: number_id,
        instance_name: number_id === null ? null : (names.get(number_id) ?? ''),
        from: phone === null ? null : `+${phone}`,
        from_user_id: user_id,
        reason,
        message_text: null,
        scope,
        source,
        contact_id,
      },
    }),
  )
}
