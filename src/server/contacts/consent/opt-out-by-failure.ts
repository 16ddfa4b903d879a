import type { ContactId, NumberId, WorkspaceId } from '../../../contract/index.ts'
import type { EventEntry } from '../../events/index.ts'
import type { Db } from '../../platform/index.ts'
import { markOf } from '../mark.ts'
import { recordConsents } from './record-consents.ts'
import { eventsOfTurns } from './tell-consents.ts'

/** A message that failed because its recipient has stopped them, as they told WhatsApp, or Gupshup. */
export interface StopFailure {
  contact_id: ContactId
  message_id: string
  number_id: NumberId
  code: string
  at: Date
  inbound_log_id: string | null
}

/** Meta's 131050 is about marketing; the others are about everything. */
const marketingStop = '131050'

/**
 * Who has stopped our messages hears no more of them, though nobody told us in another way. In the transaction of the
 * failure. Returns the events that follow from it.
 */
export async function optOutByFailure(
  db: Db,
  workspaceId: WorkspaceId,
  failures: readonly StopFailure[],
): Promise<EventEntry[]> {
  const { turns } = await recordConsents(
    db,
    workspaceId,
    failures.map(({ contact_id, message_id, number_id, code, at, inbound_log_id }) => ({
      contact_id,
      scope: code === marketingStop ? 'marketing' : 'all',
      opted_out: true,
      source: code === marketingStop ? 'whatsapp' : 'gupshup',
      number_id,
      actor_id: null,
      evidence: { message_id, code, inbound_log_id },
      mark: markOf(['failure', message_id, code]),
      at,
    })),
  )
  return eventsOfTurns(db, workspaceId, turns)
}
