import type { Clock } from '../context.ts'

export interface HeldClock extends Clock {
  /** Moves both clocks on and wakes every sleep that is over by then, in order. */
  advance(ms: number): Promise<void>
}

/** Time that stands still until told to move. */
export function heldClock(startsAt: Date = new Date('2025-11-03T10:00:00Z')): HeldClock {
  let elapsedMs = 0
  let sleepers: { wakesAtMs: number; wakeUp: () => void }[] = []

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const sleeper = { wakesAtMs: elapsedMs + ms, wakeUp: resolve }
      sleepers.push(sleeper)
      signal?.addEventListener('abort', () => {
        sleepers = sleepers.filter((other) => other !== sleeper)
        resolve()
      })
    })
  }

  async function advance(ms: number): Promise<void> {
    const endMs = elapsedMs + ms
    for (;;) {
      const next = sleepers
        .filter(({ wakesAtMs }) => wakesAtMs <= endMs)
        .sort((a, b) => a.wakesAtMs - b.wakesAtMs)[0]
      if (!next) break
      elapsedMs = Math.max(elapsedMs, next.wakesAtMs)
      sleepers = sleepers.filter((sleeper) => sleeper !== next)
      next.wakeUp()
      // Lets the woken code go on until it sleeps again.
      await new Promise((resolve) => setImmediate(resolve))
    }
    elapsedMs = endMs
  }

  return {
    now: () => new Date(startsAt.getTime() + elapsedMs),
    monotonicMs: () => elapsedMs,
    sleep,
    advance,
  }
}
