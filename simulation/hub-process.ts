import { EventEmitter } from 'node:events'
import type { Clock, Wake } from '../src/server/platform/index.ts'
import { createLog } from '../src/server/platform/log.ts'
import type { World } from './world.ts'

/** Silent: what a hub would say of a broken connection is not what is looked at. */
export const silence = createLog({ level: 'silent' })

/**
 * One run of a hub process. What is meant for it reaches it only while it lives: after a kill none of its awaits ever
 * goes on, and while it is frozen they are kept for the thaw.
 */
export class HubProcess {
  readonly name: string
  readonly clock: Clock
  readonly wake: Wake
  readonly stopping = new AbortController()
  readonly #world: World
  #isAlive = true
  #frozenUntilMs = Number.NEGATIVE_INFINITY

  constructor(world: World, name: string) {
    this.#world = world
    this.name = name
    // Every process counts from its own start, and its wall clock may be hours off.
    const startedMs = world.nowMs - world.chance.between(0, 1e6)
    const wallMs = Date.UTC(2026, 0, 1) + world.chance.between(-1, 1) * 7_200_000
    this.clock = {
      now: () => new Date(wallMs + world.nowMs),
      monotonicMs: () => world.nowMs - startedMs,
      sleep: (ms, signal) => this.#sleep(ms, signal),
    }
    this.wake = createWake(this.clock)
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  get isFrozen(): boolean {
    return this.#world.nowMs < this.#frozenUntilMs
  }

  kill(): void {
    this.#isAlive = false
  }

  freeze(ms: number): void {
    this.#frozenUntilMs = this.#world.nowMs + ms
  }

  /** Tells this process something in `ms`, unless it is dead by then. */
  in(ms: number, tell: () => void): void {
    this.#world.in(ms, () => this.#reach(tell))
  }

  #reach(tell: () => void): void {
    if (!this.#isAlive) return
    if (this.isFrozen) this.#world.in(this.#frozenUntilMs - this.#world.nowMs, () => this.#reach(tell))
    else tell()
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const wakeUp = () => {
        signal?.removeEventListener('abort', wakeUp)
        resolve()
      }
      signal?.addEventListener('abort', wakeUp, { once: true })
      // Timers are late, never early.
      this.in(ms + this.#world.chance.between(0, 2), wakeUp)
    })
  }
}

/** Like the hub's own, on the time of the simulation. */
function createWake(clock: Clock): Wake {
  const signals = new EventEmitter().setMaxListeners(0)
  const pending = new Set<string>()
  return {
    signal: (topic) => {
      if (!signals.emit(topic)) pending.add(topic)
    },
    wait: async (topic, timeoutMs, abort) => {
      if (pending.delete(topic)) return
      const woken = new AbortController()
      const wakeUp = () => woken.abort()
      signals.once(topic, wakeUp)
      abort?.addEventListener('abort', wakeUp, { once: true })
      await clock.sleep(timeoutMs, woken.signal)
      signals.off(topic, wakeUp)
      abort?.removeEventListener('abort', wakeUp)
    },
  }
}
