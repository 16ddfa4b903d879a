import type { WorkspaceId } from '../../contract/index.ts'
import { type Db, ParleyError } from '../platform/index.ts'
import { type Reachability, selectReachability } from './queries.ts'

/**
 * Refuses what may not go to this person now, before it is accepted; the claim asks the same again when it is due.
 * `category` is the template's, null for free-form messages. Throws window_closed, recipient_opted_out.
 */
export async function refuseUnreachable(
  db: Db,
  workspaceId: WorkspaceId,
  thread: { number_id: string; contact_id: string },
  category: string | null,
): Promise<void> {
  const person = await selectReachability(db, workspaceId, thread)
  if (category === null && !person.has_open_window) throw windowClosed()
  if (category !== null && hasOptedOut(person, category)) {
    throw new ParleyError('recipient_opted_out', 'This person does not want messages of this kind.', {
      category,
    })
  }
}

export function windowClosed(): ParleyError {
  return new ParleyError(
    'window_closed',
    'This person has not written to the number within the last 24 hours. Send a template.',
  )
}

/** One-time codes always go: somebody who signs in has asked for one. */
function hasOptedOut(person: Reachability, category: string): boolean {
  if (category === 'AUTHENTICATION') return false
  return person.opted_out_all || (category === 'MARKETING' && person.opted_out_marketing)
}
