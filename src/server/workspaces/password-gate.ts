import { ParleyError } from '../platform/index.ts'

/** Lets `runningMax` through at once and `waitingMax` wait; the next is refused with too_many_requests. */
export function createGate({ runningMax, waitingMax }: { runningMax: number; waitingMax: number }) {
  const waiting: (() => void)[] = []
  let running = 0

  async function pass<T>(work: () => Promise<T>): Promise<T> {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }

  function enter(): Promise<void> {
    if (running < runningMax) {
      running += 1
      return Promise.resolve()
    }
    if (waiting.length >= waitingMax) {
      throw new ParleyError('too_many_requests', 'Too many people sign in at this moment. Try again shortly.')
    }
    return new Promise((resolve) => waiting.push(resolve))
  }

  /** The place goes to the next in the queue, so `running` only falls when nobody waits. */
  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  return { pass }
}
