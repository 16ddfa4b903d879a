/** Calls at once, then at most every `everyMs`; what came in between is handed over together, nothing is lost. */
export function createThrottle<Item>(everyMs: number, flush: (items: Set<Item>) => void) {
  let waiting = new Set<Item>()
  let timer: ReturnType<typeof setTimeout> | null = null
  const run = () => {
    timer = null
    if (waiting.size === 0) return
    const items = waiting
    waiting = new Set()
    timer = setTimeout(run, everyMs)
    flush(items)
  }
  return {
    add(item: Item) {
      waiting.add(item)
      if (timer === null) run()
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
