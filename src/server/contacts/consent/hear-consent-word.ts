import type { WorkspaceId } from '../../../contract/index.ts'
import type { EventEntry } from '../../events/index.ts'
import type { Db } from '../../platform/index.ts'
import { markOf } from '../mark.ts'
import { consentWordIn, defaultConsentWords, mayBeConsentWord } from './consent-word.ts'
import { selectConsentSettings } from './queries-consent-settings.ts'
import { recordConsents } from './record-consents.ts'

export interface HeardMessage {
  contact_id: string
  number_id: string
  message_id: string
  external_message_id: string
  text: string
  at: Date
}

export type HeardConsent = Pick<EventEntry, 'type'> & {
  data: Record<string, unknown>
  /** What the workspace answers; null when nothing. */
  confirmation: string | null
}

/**
 * A message that is nothing but STOP, or START, in the words of the workspace, changes how its writer stands. In the
 * transaction of the message. Returns the event that follows, to be completed with what its payload names beside it;
 * null when nothing changed.
 */
export async function hearConsentWord(
  db: Db,
  workspaceId: WorkspaceId,
  heard: HeardMessage,
): Promise<HeardConsent | null> {
  if (!mayBeConsentWord(heard.text)) return null
  const settings = await selectConsentSettings(db, workspaceId)
  const word = consentWordIn(heard.text, settings ?? defaultConsentWords)
  if (word === null) return null
  const { contact_id, number_id, message_id, external_message_id, text, at } = heard
  const { turns } = await recordConsents(db, workspaceId, [
    {
      contact_id,
      scope: 'all',
      opted_out: word === 'stop',
      source: 'keyword',
      number_id,
      actor_id: null,
      evidence: { message_id, text },
      mark: markOf(['keyword', number_id, external_message_id]),
      at,
    },
  ])
  const [turn] = turns
  if (turn === undefined) return null
  const { type, reason, scope, source } = turn
  const confirmation = (word === 'stop' ? settings?.stop_confirmation : settings?.start_confirmation) ?? null
  return {
    type,
    confirmation,
    data: { reason, message_text: text, scope, source, contact_id, message_id, external_message_id },
  }
}
