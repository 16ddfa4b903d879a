const TICK_MS = 5

/**
 * Things to do later, in slots of 5 ms under one timer: three statuses for each of thousands of messages a
 * second would be too many timers of their own.
 */
export class Timetable {
  readonly #slots = new Map<number, (() => void)[]>()
  #timer: NodeJS.Timeout | undefined
  #lastTick = 0

  after(delayMs: number, act: () => void): void {
    const tick = Math.ceil((performance.now() + Math.max(0, delayMs)) / TICK_MS)
    const slot = this.#slots.get(tick)
    if (slot === undefined) this.#slots.set(tick, [act])
    else slot.push(act)
    if (this.#timer === undefined) this.#start()
  }

  clear(): void {
    this.#slots.clear()
    this.#stop()
  }

  #start(): void {
    this.#lastTick = Math.floor(performance.now() / TICK_MS)
    this.#timer = setInterval(() => this.#turn(), TICK_MS)
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #turn(): void {
    const nowTick = Math.floor(performance.now() / TICK_MS)
    for (let tick = this.#lastTick; tick <= nowTick; tick += 1) {
      const slot = this.#slots.get(tick)
      if (slot === undefined) continue
      this.#slots.delete(tick)
      for (const act of slot) act()
    }
    this.#lastTick = nowTick
    if (this.#slots.size === 0) this.#stop()
  }
}
