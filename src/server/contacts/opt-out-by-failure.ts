import type { ContactId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { EventEntry } from '../events/index.ts'
import type { Db } from '../platform/index.ts'
import { type ConsentScope, turnOf } from './consent-turn.ts'
import { markOf } from './mark.ts'
import { insertConsent, lockContacts, settleConsent } from './queries-history.ts'

/** A message that failed because its recipient has stopped them, as they told WhatsApp, or Gupshup. */
export interface StopFailure {
  contact_id: ContactId
  message_id: string
  number_id: NumberId
  number_name: string
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
  if (failures.length === 0) return []
  const people = await lockContacts(
    db,
    workspaceId,
    failures.map(({ contact_id }) => contact_id),
  )
  const events: EventEntry[] = []
  for (const failure of failures) {
    const person = people.find(({ id }) => id === failure.contact_id)
    if (person === undefined) continue
    const { contact_id, message_id, number_id, code, at } = failure
    const scope: ConsentScope = code === marketingStop ? 'marketing' : 'all'
    await insertConsent(db, workspaceId, {
      contact_id,
      scope,
      opted_out: true,
      source: code === marketingStop ? 'whatsapp' : 'gupshup',
      number_id,
      evidence: { message_id, code },
      mark: markOf(['failure', message_id, code]),
      at,
    })
    const turn = turnOf(scope, await settleConsent(db, workspaceId, contact_id))
    if (turn !== null) events.push(eventOf(failure, { ...turn, scope, person }))
  }
  return events
}

function eventOf(
  { contact_id, number_id, number_name, at, inbound_log_id }: StopFailure,
  told: Pick<EventEntry, 'type'> & {
    reason: string
    scope: ConsentScope
    person: { phone: string | null; user_id: string | null }
  },
): EventEntry {
  const { type, reason, scope, person } = told
  return {
    type,
    at,
    number_id,
    contact_id,
    inbound_log_id,
    data: {
      instance_id: number_id,
      instance_name: number_name,
      from: person.phone === null ? null : `+${person.phone}`,
      from_user_id: person.user_id,
      reason,
      message_text: null,
      scope,
      contact_id,
    },
  }
}
