import type { Db } from '../platform/index.ts'
import { endUnknowns, markStaleIntents } from './queries-intents.ts'

const batchSize = 1000
/** How long a status may take before its absence means anything. */
const evidenceWaitMs = 600_000

/**
 * One sweep for all lanes: intents past the provider's deadline become `unknown`, whoever made them. They are not sent
 * again; a status, or a late answer, settles them. Returns how many.
 */
export function settleStaleIntents(db: Db, staleAfterMs: number): Promise<number> {
  return markStaleIntents(db, staleAfterMs, batchSize)
}

/** `unknown` → `held`, or `expired` for one-time codes, after ten minutes without evidence. Returns how many. */
export function expireUnknowns(db: Db): Promise<number> {
  return endUnknowns(db, evidenceWaitMs, batchSize)
}
