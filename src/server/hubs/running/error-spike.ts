import { codesWith } from '../../providers/index.ts'
import type { MergedList } from '../lists/count-queries.ts'

/** Codes after which every later recipient fails as well: account, permission, payment, template. */
export const stoppingCodes: readonly string[] = codesWith('stop_number', 'stop_template')

/**
 * Any of them: a fifth of many results, nearly all of a few, or half of those just now: a cause that comes in the middle
 * of a fast list must not have to outweigh the minute before it.
 */
const spikes = [
  { withinMs: 60_000, resultsMin: 50, stoppingShare: 0.2 },
  { withinMs: 60_000, resultsMin: 10, stoppingShare: 0.9 },
  { withinMs: 3_000, resultsMin: 10, stoppingShare: 0.5 },
]
const keptMs = 60_000

/** Counts the results of each list over the last minute, from the merges of this worker. */
export interface SpikeMeter {
  take(merged: readonly MergedList[], nowMs: number): void
  /** Whether so many results failed of late for a common cause that going on is of no use. */
  isSpiking(listId: string, nowMs: number): boolean
  /** What failed before a pause must not stop the list again when it is resumed, */
  forget(listId: string): void
  /** nor what was told of it during the pause. */
  keepOnly(runningIds: readonly string[]): void
}

export function createSpikeMeter(): SpikeMeter {
  const samples = new Map<string, { atMs: number; results: number; stopping: number }[]>()

  function recent(listId: string, nowMs: number) {
    const kept = (samples.get(listId) ?? []).filter(({ atMs }) => atMs > nowMs - keptMs)
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
      return spikes.some(({ withinMs, resultsMin, stoppingShare }) => {
        const lately = kept.filter(({ atMs }) => atMs > nowMs - withinMs)
        const results = lately.reduce((sum, sample) => sum + sample.results, 0)
        const stopping = lately.reduce((sum, sample) => sum + sample.stopping, 0)
        return results >= resultsMin && stopping >= stoppingShare * results
      })
    },
    forget: (listId) => {
      samples.delete(listId)
    },
    keepOnly: (runningIds) => {
      const running = new Set(runningIds)
      for (const id of samples.keys()) if (!running.has(id)) samples.delete(id)
    },
  }
}
