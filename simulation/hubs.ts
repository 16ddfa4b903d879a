import type { Claim } from '../src/server/messages/index.ts'
import type { LaneCtx } from '../src/server/sending/lane-ctx.ts'
import type { LaneStore } from '../src/server/sending/lane-store.ts'
import { startSendingLanes } from '../src/server/sending/worker.ts'
import { type Database, leasesOf, storeOf } from './database.ts'
import { HubProcess, silence } from './hub-process.ts'
import type { StoreModel } from './model/store-model.ts'
import type { PretendedProvider } from './provider.ts'
import type { Witness } from './witness.ts'
import type { World } from './world.ts'

/** Everything that hubs share. */
export interface Stage {
  world: World
  model: StoreModel
  database: Database
  provider: PretendedProvider
  witness: Witness
}

/** A way to break the design, in the database or in what a process sees of the others: the checks have to notice. */
export interface Sabotage {
  ofModel?(model: StoreModel): void
  /** In the code itself; returns what mends it. */
  ofCode?(): () => void
  ofProcess?(ctx: LaneCtx, stage: Stage, process: HubProcess): LaneCtx
}

const restartMs = { min: 50, max: 2_000 }

/** A place where one hub runs, again and again: the production's sending worker, on everything pretended. */
export class Hub {
  readonly name: string
  readonly #stage: Stage
  readonly #sabotage: Sabotage
  #process: HubProcess
  #stop: () => Promise<void>
  #runs = 1

  constructor(stage: Stage, name: string, sabotage: Sabotage = {}) {
    this.#stage = stage
    this.#sabotage = sabotage
    this.name = name
    this.#process = this.#newProcess()
    this.#stop = this.#start()
  }

  get process(): HubProcess {
    return this.#process
  }

  /** No await of it ever goes on. Another run begins after a while. */
  killAndRestart(): void {
    if (!this.#process.isAlive) return
    const { world } = this.#stage
    this.#process.kill()
    world.in(world.chance.between(restartMs.min, restartMs.max), () => this.#begin())
  }

  freeze(ms: number): void {
    this.#process.freeze(ms)
  }

  /** As at a deployment: it may finish what it is at, but something may kill it meanwhile. */
  restartGently(): void {
    const stopped = this.#process
    stopped.stopping.abort()
    this.#stop().then(() => {
      if (this.#process !== stopped || !stopped.isAlive) return
      stopped.kill()
      this.#begin()
    })
  }

  #begin(): void {
    this.#runs += 1
    this.#process = this.#newProcess()
    this.#stop = this.#start()
  }

  #newProcess(): HubProcess {
    return new HubProcess(this.#stage.world, `${this.name} run ${this.#runs}`)
  }

  #start(): () => Promise<void> {
    const ctx = contextOf(this.#stage, this.#process)
    return startSendingLanes(this.#sabotage.ofProcess?.(ctx, this.#stage, this.#process) ?? ctx).stop
  }
}

function contextOf(stage: Stage, process: HubProcess): LaneCtx {
  const { world, model, database, provider } = stage
  return {
    clock: process.clock,
    wake: process.wake,
    log: silence,
    random: {
      id: (prefix) => `${prefix}_${Math.floor(world.chance.number() * 1e9)}`,
      token: () => String(world.chance.number()),
      uuid: () => `${process.name} ${world.chance.number()}`,
      number: () => world.chance.number(),
    },
    // The tags need not be unforgeable here: nobody forges them.
    secrets: { mac: () => 'mac-mac-mac' },
    live: { changed: () => undefined },
    stopping: process.stopping.signal,
    leases: leasesOf(database, process, model),
    store: watchedStore(stage, process),
    channel: {
      send: (_, outgoing, options) => provider.send(process, outgoing, options?.timeoutMs ?? 10_000),
    },
  }
}

function watchedStore({ model, database, witness }: Stage, process: HubProcess): LaneStore {
  const store = storeOf(database, process, model)
  const heard = async (claiming: Promise<Claim>) => {
    const claim = await claiming
    witness.heard(process, claim.intents)
    return claim
  }
  return {
    ...store,
    claimDirect: (lane, limit) => heard(store.claimDirect(lane, limit)),
    claimOfList: (lane, from, limit) => heard(store.claimOfList(lane, from, limit)),
    sendingNumbers: async () => [...model.tables.numbers.values()],
    connection: async ({ numberId }) => {
      const number = model.tables.numbers.get(numberId)
      if (number === undefined) throw new Error('no such number')
      return { connection, number: routeOf(number) }
    },
  }
}

function routeOf({
  phone_number_id,
  limit_per_second,
}: {
  phone_number_id: string
  limit_per_second: number
}) {
  return { phone_number_id, pace_limit_per_second: limit_per_second, pace_override_per_second: null }
}

const connection = {
  provider: 'meta',
  graph_url: '',
  graph_version: '',
  waba_id: null,
  app_id: null,
  access_token: '',
  app_secret: '',
  verify_token: '',
} as const
