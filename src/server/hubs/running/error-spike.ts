import type { MergedList } from '../lists/count-queries.ts'

/** Codes after which every later recipient fails as well: account, permission, payment, template. */
export const stoppingCodes: readonly string[] = [
  ...['0', '10', '190', '368'],
  ...Array.from({ length: 100 }, (_, i) => String(200 + i)),
  ...['131005', '131031', '131042', '131045', '131048', '131064', '133010'],
  ...['132000', '132001', '132007', '132012', '132015', '132016', '132068'],
]

const windowMs = 60_000
const resultsMin = 50
const stoppingShare = 0.2

/** Counts the results of each list over the last minute, from the merges of this worker. */
export interface SpikeMeter {
  take(merged: readonly MergedList[], nowMs: number): void
  /** Whether so many results of the last minute failed for a common cause that going on is of no use. */
  isSpiking(listId: string, nowMs: number): boolean
  /** After a pause: what failed before it must not stop the list again. */
  forget(listId: string): void
}

export function createSpikeMeter(): SpikeMeter {
  const samples = new Map<string, { atMs: number; results: number; stopping: number }[]>()

  function recent(listId: string, nowMs: number) {
    const kept = (samples.get(listId) ?? []).filter(({ atMs }) => atMs > nowMs - windowMs)
    if (kept.length === 0) samples.delete(listId)
    else samples.set(listId, kept)
    return kept
  }

  return {
    take: (merged, nowMs) => {
      for (const { list_id, sent_more, stopping_more } of merged) {
        if (sent_more === 0 && stopping_more === 0) continue
        const kept = recent(list_id, nowMs)
        samples.set(list_id, [...kept, { atMs: nowMs, results: sent_more, stopping: stopping_more }])
      }
    },
    isSpiking: (listId, nowMs) => {
      const kept = recent(listId, nowMs)
      const results = kept.reduce((sum, sample) => sum + sample.results, 0)
      const stopping = kept.reduce((sum, sample) => sum + sample.stopping, 0)
      return results >= resultsMin && stopping >= stoppingShare * results
    },
    forget: (listId) => {
      samples.delete(listId)
    },
  }
}
