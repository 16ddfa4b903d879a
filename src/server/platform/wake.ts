import type { Wake } from './context.ts'

/** A signal that comes while nobody waits is kept for the next wait, so work added between two polls isn't slept over. */
export function createWake(): Wake {
  const waiting = new Map<string, Set<() => void>>()
  const pending = new Set<string>()

  function signal(topic: string): void {
    const waiters = waiting.get(topic)
    if (!waiters) {
      pending.add(topic)
      return
    }
    waiting.delete(topic)
    for (const wakeUp of waiters) wakeUp()
  }

  function wait(topic: string, timeoutMs: number, abort?: AbortSignal): Promise<void> {
    if (abort?.aborted || pending.delete(topic)) return Promise.resolve()
    return new Promise((resolve) => {
      const waiters = waiting.get(topic) ?? new Set()
      const finish = () => {
        clearTimeout(timer)
        abort?.removeEventListener('abort', finish)
        waiters.delete(finish)
        if (waiters.size === 0 && waiting.get(topic) === waiters) waiting.delete(topic)
        resolve()
      }
      const timer = setTimeout(finish, timeoutMs)
      abort?.addEventListener('abort', finish, { once: true })
      waiters.add(finish)
      waiting.set(topic, waiters)
    })
  }

  return { signal, wait }
}
