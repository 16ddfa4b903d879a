import { setTimeout as delay } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import type { HubSlot } from './hub-slot.ts'
import type { Load } from './load.ts'
import { usualTrouble } from './provider.ts'
import type { Stage } from './stage.ts'

/** A harm, ready to be done: what it needs for itself, and how it goes from its begin to its end. */
export interface Act {
  needs: readonly string[]
  detail: string
  run(): Promise<void>
}

/** All draws are made at once, so that a harm is the same however long it takes. null: nothing there to be harmed. */
type Plan = (stage: Stage, load: Load, chance: Chance) => Act | null

/** Time in which a killed process stays down, as an init system takes it. */
const downMs = { min: 100, max: 2_000 }

const kill: Plan = ({ hubs }, _, chance) => {
  const hub = hubs[chance.whole(0, hubs.length - 1)]
  if (hub?.state !== 'up') return null
  const restMs = chance.between(downMs.min, downMs.max)
  return { needs: [hub.name], detail: hub.name, run: () => killAndStart(hub, restMs) }
}

const killAll: Plan = ({ hubs }, _, chance) => {
  const rests = hubs.map(() => chance.between(downMs.min, downMs.max))
  return {
    needs: hubs.map((hub) => hub.name),
    detail: `${hubs.length} hubs`,
    run: async () => {
      await Promise.all(hubs.map((hub, index) => killAndStart(hub, rests[index] ?? downMs.max)))
    },
  }
}

async function killAndStart(hub: HubSlot, restMs: number): Promise<void> {
  await hub.kill()
  await delay(restMs)
  await hub.start()
}

/** Past the lease of 3 s each time, and once in a while past the time after which an intent counts as unknown. */
const freeze: Plan = ({ hubs }, _, chance) => {
  const hub = hubs[chance.whole(0, hubs.length - 1)]
  const isLong = chance.number() < 0.25
  const ms = isLong ? chance.between(16_000, 19_000) : chance.between(3_500, 6_000)
  if (hub?.state !== 'up') return null
  return {
    needs: [hub.name],
    detail: `${hub.name} for ${Math.round(ms)} ms`,
    run: async () => {
      hub.freeze()
      await delay(ms)
      hub.thaw()
    },
  }
}

const killPostmaster: Plan = ({ database }) => ({
  needs: ['database'],
  detail: '',
  run: () => database.killPostmaster(),
})

const terminateBackends: Plan = ({ database }, _, chance) => {
  const share = chance.between(0.2, 1)
  return {
    needs: ['database'],
    detail: `${Math.round(share * 100)} %`,
    run: async () => {
      await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name like 'parley %' and random() < $1`,
        [share],
      )
    },
  }
}

const refuseConnections: Plan = ({ database }, _, chance) => {
  const ms = chance.between(1_000, 4_000)
  return {
    needs: ['database'],
    detail: `for ${Math.round(ms)} ms`,
    run: async () => {
      await database.query('alter role parley_owner nologin')
      await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'parley_owner'`,
      )
      await delay(ms)
      await database.query('alter role parley_owner login')
    },
  }
}

const killProvider: Plan = ({ provider }, _, chance) => {
  const restMs = chance.between(downMs.min, downMs.max)
  return {
    needs: ['provider'],
    detail: `for ${Math.round(restMs)} ms`,
    run: async () => {
      await provider.kill()
      await delay(restMs)
      await provider.start()
    },
  }
}

const freezeProvider: Plan = ({ provider }, _, chance) => {
  const ms = chance.between(300, 2_500)
  return {
    needs: ['provider'],
    detail: `for ${Math.round(ms)} ms`,
    run: async () => {
      provider.freeze()
      await delay(ms)
      provider.thaw()
    },
  }
}

const storms: [Record<string, number>, ...Record<string, number>[]] = [
  { throttle_probability: 0.1, retry_after_seconds: 0 },
  { throttle_probability: 0.05, retry_after_seconds: 1 },
  { refuse_probability: 0.3 },
  { reset_probability: 0.3 },
  { lost_answer_probability: 0.5 },
  { hang_probability: 0.05, hang_ms: 12_000 },
]

const providerStorm: Plan = ({ provider }, _, chance) => {
  const storm = chance.pick(storms)
  const ms = chance.between(1_000, 4_000)
  return {
    needs: ['provider'],
    detail: `${JSON.stringify(storm)} for ${Math.round(ms)} ms`,
    run: () => changeFor(provider, storm, ms),
  }
}

const providerSlow: Plan = ({ provider }, _, chance) => {
  const ms = chance.between(2_000, 5_000)
  return {
    needs: ['provider'],
    detail: `for ${Math.round(ms)} ms`,
    run: () => changeFor(provider, { answer_latency_ms: 1_500, answer_jitter_ms: 1_500 }, ms),
  }
}

async function changeFor(
  provider: Stage['provider'],
  settings: Record<string, number>,
  ms: number,
): Promise<void> {
  await provider.set(settings)
  await delay(ms)
  await provider.set(usualTrouble)
}

const customerTrouble: Plan = ({ customer }, _, chance) => {
  const mood = chance.pick<'down' | 'shaky'>(['down', 'shaky'])
  const ms = chance.between(1_000, 5_000)
  return {
    needs: ['customer'],
    detail: `${mood} for ${Math.round(ms)} ms`,
    run: async () => {
      customer.setMood(mood)
      await delay(ms)
      customer.setMood('up')
    },
  }
}

const pauseList: Plan = ({ api }, { history }, chance) => {
  const newest = history.lists.slice(-4)
  const list = newest[chance.whole(0, newest.length - 1)]
  const ms = chance.between(2_500, 4_500)
  if (list === undefined) return null
  return {
    needs: [list.id],
    detail: `${list.id} for ${Math.round(ms)} ms`,
    run: async () => {
      const paused = await api.send<{ state: string }>('POST', `/api/v1/lists/${list.id}/pause`)
      const fromMs = Date.now()
      if (paused.body.state !== 'paused') return
      await delay(ms)
      history.pauses.push({ listId: list.id, fromMs, untilMs: Date.now() })
      const resumed = await api.send('POST', `/api/v1/lists/${list.id}/resume`)
      if (resumed.status !== 200)
        history.complaints.push(`A paused list can't be resumed: ${JSON.stringify(resumed.body)}`)
    },
  }
}

export const acts = {
  kill,
  kill_all: killAll,
  freeze,
  kill_postmaster: killPostmaster,
  terminate_backends: terminateBackends,
  refuse_connections: refuseConnections,
  kill_provider: killProvider,
  freeze_provider: freezeProvider,
  provider_storm: providerStorm,
  provider_slow: providerSlow,
  customer_trouble: customerTrouble,
  pause_list: pauseList,
} satisfies Record<string, Plan>
