/**
 * Calls at once, then at most every `everyMs` and not before the last call is done; what came in between is handed over
 * together, nothing is lost.
 */
export function createThrottle<Item>(everyMs: number, flush: (items: Set<Item>) => Promise<unknown>) {
  let waiting = new Set<Item>()
  let timer: ReturnType<typeof setTimeout> | null = null
  let isBusy = false
  let isStopped = false
  const run = async () => {
    timer = null
    if (waiting.size === 0 || isStopped) return
    const items = waiting
    waiting = new Set()
    isBusy = true
    await flush(items)
    isBusy = false
    timer = setTimeout(run, everyMs)
  }
  return {
    add(item: Item) {
      waiting.add(item)
      if (timer === null && !isBusy) void run()
    },
    stop() {
      isStopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
