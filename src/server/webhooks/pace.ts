import type { Clock } from '../platform/index.ts'

/** Keeps to the rate that the owner of an endpoint has set. */
export interface Pace {
  /** Resolves when the next request may begin, or when `signal` is aborted. */
  wait(endpoint: { id: string; rate_per_second: number | null }, signal: AbortSignal): Promise<void>
}

/** One for all lanes of a process: an endpoint whose lane ends and begins again doesn't get a fresh start. */
export function createPace(clock: Clock): Pace {
  const nextAtMs = new Map<string, number>()
  return {
    wait: async ({ id, rate_per_second }, signal) => {
      if (rate_per_second === null) return
      const nowMs = clock.monotonicMs()
      const startMs = Math.max(nowMs, nextAtMs.get(id) ?? 0)
      nextAtMs.set(id, startMs + 1000 / rate_per_second)
      if (startMs > nowMs) await clock.sleep(startMs - nowMs, signal)
    },
  }
}
