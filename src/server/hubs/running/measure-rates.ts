import type { MergedList } from '../lists/count-queries.ts'

const windowMs = 5_000

/** What went out of each list within the last seconds, from the merges of this worker. */
export interface RateMeter {
  /** Takes in one merge; returns the rate of each list that has one, 0 once when it has come to rest. */
  measure(
    merged: readonly MergedList[],
    nowMs: number,
  ): { workspaceId: string; listId: string; perSecond: number }[]
}

export function createRateMeter(): RateMeter {
  const samples = new Map<string, { workspaceId: string; sent: { atMs: number; n: number }[] }>()
  return {
    measure: (merged, nowMs) => {
      for (const { workspace_id, list_id, sent_more } of merged) {
        const entry = samples.get(list_id) ?? { workspaceId: workspace_id, sent: [] }
        if (sent_more !== 0) entry.sent.push({ atMs: nowMs, n: sent_more })
        samples.set(list_id, entry)
      }
      return [...samples].map(([listId, { workspaceId, sent }]) => {
        while (sent[0] && sent[0].atMs <= nowMs - windowMs) sent.shift()
        if (sent.length === 0) samples.delete(listId)
        return { workspaceId, listId, perSecond: rateOf(sent, nowMs) }
      })
    },
  }
}

/** A sample stands for the second before it, so one alone is spread over one second. */
function rateOf(sent: readonly { atMs: number; n: number }[], nowMs: number): number {
  const [first] = sent
  if (!first) return 0
  const spanMs = nowMs - first.atMs + 1_000
  return Math.max(0, (sent.reduce((sum, { n }) => sum + n, 0) * 1_000) / spanMs)
}
