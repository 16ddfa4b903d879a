import type { ContactId, NumberId } from '../../src/contract/index.ts'
import type { KnownLimits } from '../../src/server/connectors/index.ts'
import type { Lane } from '../../src/server/platform/index.ts'
import { isHeld } from './leases.ts'
import type { KeptStop, Tables } from './rows.ts'

const standsMs = 15_000

/** A stop as a lane tells it: its own clock is nobody else's. */
export interface StopSpans {
  reason: KeptStop['reason']
  since_ms: number
  left_ms: number
}

export function knownLimits(
  { stops, toldTooFast, crowded }: Tables,
  nowMs: number,
  numberId: NumberId,
): KnownLimits {
  const stop = stops.get(numberId)
  const stands = stop !== undefined && stop.until > nowMs - standsMs
  return {
    stop: stands
      ? { reason: stop.reason, lasts_ms: stop.until - stop.since, left_ms: stop.until - nowMs }
      : null,
    too_fast_told: toldTooFast.get(numberId) ?? 0,
    crowded: [...(crowded.get(numberId) ?? [])]
      .filter(([, freeAt]) => freeAt > nowMs)
      .map(([contact_id, freeAt]) => ({ contact_id, free_in_ms: freeAt - nowMs })),
  }
}

export function keepStop(
  tables: Tables,
  nowMs: number,
  lane: Lane,
  { numberId, stop }: { numberId: NumberId; stop: StopSpans | null },
): void {
  if (!isHeld(tables, nowMs, lane)) return
  if (stop === null) tables.stops.delete(numberId)
  else {
    const { reason, since_ms, left_ms } = stop
    tables.stops.set(numberId, { reason, since: nowMs + since_ms, until: nowMs + left_ms })
  }
}

export function keepCrowdedPairs(
  tables: Tables,
  nowMs: number,
  lane: Lane,
  { numberId, pairs }: { numberId: NumberId; pairs: KnownLimits['crowded'] },
): void {
  if (!isHeld(tables, nowMs, lane)) return
  const told = new Map(pairs.map(({ contact_id, free_in_ms }) => [contact_id, nowMs + free_in_ms]))
  const known = tables.crowded.get(numberId) ?? new Map<ContactId, number>()
  for (const [person, freeAt] of known) if (freeAt < nowMs && !told.has(person)) known.delete(person)
  for (const [person, freeAt] of told) known.set(person, Math.max(known.get(person) ?? 0, freeAt))
  tables.crowded.set(numberId, known)
}
