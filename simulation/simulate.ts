import { Database } from './database.ts'
import { Hub, type Sabotage, type Stage } from './hubs.ts'
import { StoreModel } from './model/store-model.ts'
import { endWaits, liftBans, startNemesis } from './nemesis.ts'
import { PretendedProvider } from './provider.ts'
import { Scenario } from './scenario.ts'
import { judge } from './verdict.ts'
import { Witness } from './witness.ts'
import { World } from './world.ts'

export interface Verdict {
  seed: number
  /** Empty: every invariant held. */
  violations: string[]
  messages: number
  requests: number
  /** Points at which something could have happened. */
  steps: number
  unknowns: number
}

const restsWithinMs = 240_000
const settlesWithinMs = 60_000

/** One run: hubs send what a scenario wants sent while harm is done, then everything comes to rest and is compared. */
export async function simulate(seed: number, sabotage?: Sabotage): Promise<Verdict> {
  const mend = sabotage?.ofCode?.()
  try {
    return await run(seed, sabotage)
  } finally {
    mend?.()
  }
}

async function run(seed: number, sabotage?: Sabotage): Promise<Verdict> {
  const stage = openStage(seed)
  const { world, model, provider, database, witness } = stage
  const { chance } = world
  sabotage?.ofModel?.(model)
  const scenario = new Scenario(model.tables, chance)
  scenario.fill(world.nowMs)
  const hubs = Array.from(
    { length: chance.whole(1, 3) },
    (_, index) => new Hub(stage, `hub ${index + 1}`, sabotage),
  )
  const harmMs = chance.between(2_000, 15_000)
  startNemesis({ stage, hubs, scenario }, harmMs)
  await world.run(harmMs)

  liftBans(stage)
  provider.calmDown()
  database.calmDown()
  const isAtRest = () => !some(stage, ['queued', 'intent']) && provider.pending === 0
  await world.run(world.nowMs + restsWithinMs, isAtRest)
  const unknowns = count(stage, ['unknown'])
  const isSettled = () => isAtRest() && !some(stage, ['unknown'])
  // What policy sends again may have an unknown outcome once more.
  for (let round = 0; round < 3 && !isSettled(); round += 1) {
    endWaits(stage)
    await world.run(world.nowMs + settlesWithinMs, isSettled)
  }
  for (const hub of hubs) hub.process.kill()
  return {
    seed,
    violations: [...witness.violations, ...judge(model.tables, provider, witness.takenForNotSent)],
    messages: model.tables.messages.size,
    requests: provider.requests.length,
    steps: world.steps,
    unknowns,
  }
}

function openStage(seed: number): Stage {
  const world = new World(seed)
  const { chance } = world
  const now = () => world.nowMs
  const model = new StoreModel(now, chance.between(4_000, 15_000))
  const share = (max: number) => (chance.number() < 0.5 ? 0 : chance.between(0, max))
  const database = new Database(world, { fails: share(0.2), slowMs: chance.pick([1, 5, 60]) })
  const trouble = {
    refused: share(0.1),
    throttled: share(0.1),
    pairLimited: share(0.1),
    lostAnswer: share(0.2),
    failedUnaccepted: share(0.1),
    unreachable: share(0.05),
    hangs: share(0.05),
    silent: share(0.1),
    wayMs: chance.pick([1, 40, 90]),
    doubled: share(0.5),
    late: share(0.3),
    untagged: share(1),
  }
  const witness = new Witness(model.tables, now)
  const provider = new PretendedProvider(world, trouble, {
    begun: (process, request) => witness.begun(process, request),
    told: ({ phone_number_id, ...told }) => {
      const number = [...model.tables.numbers.values()].find((one) => one.phone_number_id === phone_number_id)
      if (number === undefined) return
      number.last_webhook_at = world.nowMs
      model.applyStatus({ number_id: number.id, ...told })
      witness.told()
    },
  })
  return { world, model, database, provider, witness }
}

function count({ model }: Stage, states: readonly string[]): number {
  let n = 0
  for (const { state } of model.tables.messages.values()) if (states.includes(state)) n += 1
  return n
}

function some(stage: Stage, states: readonly string[]): boolean {
  for (const { state } of stage.model.tables.messages.values()) if (states.includes(state)) return true
  return false
}
