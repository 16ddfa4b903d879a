import type { Leases } from '../src/server/platform/index.ts'
import type { LaneStore } from '../src/server/sending/lane-store.ts'
import type { HubProcess } from './hub-process.ts'
import type { StoreModel } from './model/store-model.ts'
import type { World } from './world.ts'

/** How much goes wrong between processes and the database. */
export interface DatabaseTrouble {
  /** Share of statements that get stuck, or whose connection breaks before, during or after their commit. */
  fails: number
  /** The longest time that a statement takes on a good day. */
  slowMs: number
}

/** An unfinished claim ends at the latest by then, also when nobody waits for it: less than lanes keep their doubt. */
const lingersMs = 3_000
/** Behind a lock or a full disk: past any lease. */
const stuckMs = 6_000

const fates = ['neverArrives', 'goesOnUnheard', 'answerIsLost', 'getsStuck'] as const

/** The database as seen over the network: it takes time, it goes away, and its answers get lost. */
export class Database {
  readonly #world: World
  readonly #trouble: DatabaseTrouble
  #awayUntilMs = Number.NEGATIVE_INFINITY

  constructor(world: World, trouble: DatabaseTrouble) {
    this.#world = world
    this.#trouble = trouble
  }

  /** Nobody reaches it for so long. What was committed stays. */
  goAway(ms: number): void {
    this.#awayUntilMs = this.#world.nowMs + ms
  }

  /** No harm any more. */
  calmDown(): void {
    this.#trouble.fails = 0
    this.#awayUntilMs = Number.NEGATIVE_INFINITY
  }

  /** Runs one transaction for a process: it commits as a whole or not at all, and the process may never learn which. */
  transaction<Result>(process: HubProcess, work: () => Result): Promise<Result> {
    const { chance } = this.#world
    const [there, back] = [this.#delay(), this.#delay()]
    const fate = chance.number() < this.#trouble.fails ? chance.pick(fates) : 'works'
    return new Promise((resolve, reject) => {
      const broken = () => process.in(back, () => reject(new Error('the connection broke')))
      if (fate === 'neverArrives' || fate === 'goesOnUnheard') broken()
      if (fate === 'neverArrives') return
      const waitMs = chance.between(
        0,
        fate === 'getsStuck' ? stuckMs : fate === 'goesOnUnheard' ? lingersMs : 0,
      )
      this.#world.in(there + waitMs, () => {
        if (this.#world.nowMs < this.#awayUntilMs) return broken()
        const result = work()
        if (fate === 'answerIsLost') broken()
        else process.in(back, () => resolve(result))
      })
    })
  }

  #delay(): number {
    return this.#world.chance.between(0.1, this.#trouble.slowMs)
  }
}

export function leasesOf(database: Database, process: HubProcess, model: StoreModel): Leases {
  const ask = <Result>(work: () => Result) => database.transaction(process, work)
  return {
    acquire: (_, owner, keys, most) => ask(() => model.acquire(owner, keys, most)),
    renew: (_, owner, leases) => ask(() => model.renew(owner, leases)),
    release: (_, owner, lease) => ask(() => model.releaseLease(owner, lease)),
    attend: (_, owner) => ask(() => model.attend(owner)),
    leave: (_, owner) => ask(() => model.leave(owner)),
  }
}

/** The production port, with the model behind it. */
export function storeOf(
  database: Database,
  process: HubProcess,
  model: StoreModel,
): Omit<LaneStore, 'connection' | 'sendingNumbers'> {
  const ask = <Result>(work: () => Result) => database.transaction(process, work)
  return {
    dueNumbers: (ids) => ask(() => model.dueNumbers(ids)),
    outlook: (numberId) => ask(() => model.outlook(numberId)),
    knownLimits: ({ numberId }) => ask(() => model.knownLimits(numberId)),
    keepStop: (lane, { numberId }, stop) => ask(() => model.keepStop(lane, numberId, stop)),
    keepCrowdedPairs: (lane, { numberId }, pairs) => ask(() => model.keepCrowdedPairs(lane, numberId, pairs)),
    claimDirect: (lane, limit) => ask(() => model.claimDirect(lane, limit)),
    claimOfList: (lane, from, limit) => ask(() => model.claimOfList(lane, from, limit)),
    release: (intents) => ask(() => model.release(intents)),
    now: () => ask(() => model.now()),
    releaseUnheard: (lane, known) => ask(() => model.releaseUnheard(lane, known)),
    record: (outcomes) => ask(() => model.record(outcomes)),
    markStale: (staleAfterMs) => ask(() => model.markStale(staleAfterMs)),
    resendByPolicy: () => ask(() => model.resendByPolicy()),
    expireUnknowns: () => ask(() => model.expireUnknowns()),
    noteTraffic: () => ask(() => undefined),
  }
}
