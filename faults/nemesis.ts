import { acts } from './acts.ts'
import type { Chance } from './chance.ts'
import type { Load } from './load.ts'
import type { Stage } from './stage.ts'

export type FaultKind = keyof typeof acts

/** One thing that was done to the system. */
export interface Fault {
  kind: FaultKind
  /** Which hub, and what exactly. */
  detail: string
  fromMs: number
  /** When the cause had passed; its consequences may last longer. */
  untilMs: number
}

export interface Nemesis {
  faults: readonly Fault[]
  /** Lets what has begun come to its end. */
  stop(): Promise<void>
}

/** How often each kind comes, against the others. */
const weights: Record<FaultKind, number> = {
  kill: 14,
  kill_all: 0.5,
  freeze: 2,
  kill_postmaster: 1.5,
  terminate_backends: 1.5,
  refuse_connections: 0.5,
  kill_provider: 1.5,
  freeze_provider: 1,
  provider_storm: 2,
  provider_slow: 1,
  customer_trouble: 1,
  pause_list: 2,
}

const gapMs = { min: 500, max: 3_500 }

/** Does harm at moments that the seed chooses, several harms at once, until stopped. */
export function startNemesis(stage: Stage, load: Load, chance: Chance): Nemesis {
  const faults: Fault[] = []
  const running = new Set<Promise<void>>()
  const busy = new Set<string>()
  const stopping = new AbortController()

  async function commit(kind: FaultKind, draws: Chance): Promise<void> {
    const act = acts[kind](stage, load, draws)
    if (act === null || act.needs.some((name) => busy.has(name))) return
    for (const name of act.needs) busy.add(name)
    const fault: Fault = { kind, detail: act.detail, fromMs: Date.now(), untilMs: Number.POSITIVE_INFINITY }
    faults.push(fault)
    try {
      await act.run()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      load.history.complaints.push(`${kind} (${act.detail}) could not be undone: ${reason}`)
    } finally {
      fault.untilMs = Date.now()
      for (const name of act.needs) busy.delete(name)
    }
  }

  async function run(): Promise<void> {
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      await sleep(chance.between(gapMs.min, gapMs.max), stopping.signal)
      if (stopping.signal.aborted) return
      const work = commit(chooseKind(chance), chance.branch(`turn ${turn}`)).finally(() =>
        running.delete(work),
      )
      running.add(work)
    }
  }

  const choosing = run()
  return {
    faults,
    stop: async () => {
      stopping.abort()
      await choosing
      await Promise.all(running)
    },
  }
}

function chooseKind(chance: Chance): FaultKind {
  const entries = Object.entries(weights)
  let left = chance.number() * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [kind, weight] of entries) {
    left -= weight
    if (left < 0 && isKind(kind)) return kind
  }
  return 'kill'
}

function isKind(kind: string): kind is FaultKind {
  return Object.hasOwn(acts, kind)
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
  })
}
