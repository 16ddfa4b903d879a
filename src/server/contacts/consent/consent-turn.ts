import type { EventEntry } from '../../events/index.ts'
import type { ConsentState } from '../queries-history.ts'

export type ConsentScope = 'all' | 'marketing'

/** What customers' endpoints hear when somebody stands otherwise than before. */
export type ConsentTurn = Pick<EventEntry, 'type'> & { reason: string }

/** null when the person stands as before: another opt-out still holds, or something newer was said. */
export function turnOf(
  scope: ConsentScope,
  { before, after }: { before: ConsentState; after: ConsentState },
): ConsentTurn | null {
  const column = `opted_out_${scope}_at` as const
  const [was, is] = [before[column] !== null, after[column] !== null]
  if (was === is) return null
  return is
    ? { type: 'recipient.opted_out', reason: 'recipient_requested_stop' }
    : { type: 'recipient.opted_in', reason: 'recipient_requested_start' }
}
