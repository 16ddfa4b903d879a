const waitingOn = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls back when the signal is aborted; returns the function that calls it off. Hundreds of sends share one signal:
 * a listener each would make Node warn of a leak, and walk a list for every send that ends.
 */
export function whenAborted(signal: AbortSignal, callBack: () => void): () => void {
  const waiting = waitingOn.get(signal) ?? listen(signal)
  waiting.add(callBack)
  return () => waiting.delete(callBack)
}

function listen(signal: AbortSignal): Set<() => void> {
  const waiting = new Set<() => void>()
  waitingOn.set(signal, waiting)
  signal.addEventListener(
    'abort',
    () => {
      for (const callBack of waiting) callBack()
      waiting.clear()
    },
    { once: true },
  )
  return waiting
}
