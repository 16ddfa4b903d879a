import type { ListId } from '../../contract/index.ts'
import type { Db, Lane } from '../platform/index.ts'
import type { ClaimedMessage } from './message.ts'
import { claimDirect, claimOfList, requeueUnwritten } from './queries-intents.ts'

export interface Claim {
  /** Committed as intents: these may be sent, once, by whoever holds this answer. */
  intents: ClaimedMessage[]
  /** Left out for good, with their reason. */
  skipped: ClaimedMessage[]
  /** The highest id looked at: the next claim of a list starts behind it. null: nothing was there. */
  last_id: string | null
}

/** Makes intents of a number's replies and API messages that are due, replies first. `lane.key` is the number. */
export async function claimDirectIntents(db: Db, lane: Lane, limit: number): Promise<Claim> {
  return toClaim(await claimDirect(db, lane, limit))
}

/** Makes intents of a list's due messages behind `after`, while the list's gate is open. */
export async function claimListIntents(
  db: Db,
  lane: Lane,
  from: { list_id: ListId; after: string },
  limit: number,
): Promise<Claim> {
  return toClaim(await claimOfList(db, lane, from, limit))
}

/**
 * Back to the queue with intents of which this process knows that no byte was written. Only rows of the epoch and
 * attempt that claimed them: whatever happened to them since stays.
 */
export async function releaseIntents(db: Db, intents: readonly ClaimedMessage[]): Promise<void> {
  if (intents.length > 0) await requeueUnwritten(db, intents)
}

function toClaim(rows: ClaimedMessage[]): Claim {
  let lastId: string | null = null
  for (const row of rows) if (lastId === null || row.id > lastId) lastId = row.id
  return {
    intents: rows.filter((row) => row.skip_reason === null),
    skipped: rows.filter((row) => row.skip_reason !== null),
    last_id: lastId,
  }
}
