import type { ListId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { upsertListGate } from './queries.ts'

export interface ListGate {
  list_id: ListId
  number_id: NumberId
  /** A list of weight 2 gets twice the messages of one with 1 while both have some. */
  weight: number
  /** Nothing of the list becomes an intent from this moment on; null shuts the gate now. */
  sends_until: Date | null
}

/** Opens or shuts a list for its lane, in the caller's transaction. Wake the lane after the commit. */
export function setListGate(db: Db, workspaceId: WorkspaceId, gate: ListGate): Promise<void> {
  return upsertListGate(db, workspaceId, gate)
}
