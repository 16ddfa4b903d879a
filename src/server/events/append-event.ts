import type { EventId, WorkspaceId } from '../../contract/index.ts'
import { eventId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { type EventEntry, insertEvents } from './queries.ts'

/**
 * Writes down that something happened. Call it in the transaction of the change itself: the event, and its deliveries
 * to endpoints, exist exactly when the change does. `data` goes to customers as it is.
 */
export async function appendEvent(db: Db, workspaceId: WorkspaceId, entry: EventEntry): Promise<EventId> {
  const [id] = await appendEvents(db, workspaceId, [entry])
  if (id === undefined) throw new Error('The event was not written.')
  return id
}

/** The same for many events of one transaction, in one statement. */
export async function appendEvents(
  db: Db,
  workspaceId: WorkspaceId,
  entries: readonly EventEntry[],
): Promise<EventId[]> {
  if (entries.length === 0) return []
  const ids = await insertEvents(db, workspaceId, entries)
  return ids.map((id) => eventId.parse(id))
}
