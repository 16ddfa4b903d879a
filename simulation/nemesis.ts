import type { Hub, Stage } from './hubs.ts'
import { goAgain, takeForNotSent } from './model/settling.ts'
import { nonEmpty, type Scenario } from './scenario.ts'

/** What may be done to a run. Each seed chooses some of it, so that rare things also meet without the usual noise. */
type Harm = (around: Around) => void

interface Around {
  stage: Stage
  hubs: readonly Hub[]
  scenario: Scenario
}

const kill: Harm = ({ stage, hubs }) => anyHub(stage, hubs).killAndRestart()

const freeze: Harm = ({ stage, hubs }) => {
  const { chance } = stage.world
  const isLong = chance.number() < 0.3
  anyHub(stage, hubs).freeze(isLong ? chance.between(14_000, 22_000) : chance.between(500, 6_000))
}

const restartGently: Harm = ({ stage, hubs }) => anyHub(stage, hubs).restartGently()

const loseDatabase: Harm = ({ stage }) => stage.database.goAway(stage.world.chance.between(100, 4_000))

const storm: Harm = ({ stage: { world, provider } }) => {
  const kinds = ['throttled', 'lostAnswer', 'failedUnaccepted', 'unreachable', 'hangs'] as const
  const kind = world.chance.pick(kinds)
  provider.set({ [kind]: world.chance.between(0.2, 0.8) })
  world.in(world.chance.between(300, 3_000), () => provider.set({ [kind]: 0.02 }))
}

/** Less than a lane keeps quiet before its end, so that what it sent has arrived a second before the next one sends. */
const jam: Harm = ({ stage: { world, provider } }) => provider.jam(world.chance.between(20, 100))

const shutGate: Harm = ({ stage: { world, model, witness } }) => {
  const open = [...model.tables.gates.values()].filter((gate) => gate.sends_until !== null)
  if (open.length === 0) return
  const gate = world.chance.pick(nonEmpty(open))
  const { list_id } = gate
  gate.sends_until = null
  const ban = witness.ban('its list is paused', (id) => model.tables.messages.get(id)?.list_id === list_id)
  world.in(world.chance.between(500, 6_000), () => {
    ban.untilMs = Math.min(ban.untilMs, world.nowMs)
    gate.sends_until = world.nowMs + 3_600_000
  })
}

const pauseTemplate: Harm = ({ stage: { world, model, witness } }) => {
  const approved = [...model.tables.templates.values()].filter(({ status }) => status === 'APPROVED')
  if (approved.length === 0) return
  const template = world.chance.pick(nonEmpty(approved))
  template.status = 'PAUSED'
  const ban = witness.ban('its template is paused', (id) => {
    const row = model.tables.messages.get(id)
    return row?.template_id === template.id && row.list_id !== null
  })
  world.in(world.chance.between(500, 4_000), () => {
    ban.untilMs = Math.min(ban.untilMs, world.nowMs)
    template.status = 'APPROVED'
  })
}

const optOut: Harm = ({ stage: { world, model, witness } }) => {
  const waiting = [...model.tables.messages.values()].filter(
    (row) => row.state === 'queued' && row.category !== 'AUTHENTICATION' && row.type === 'template',
  )
  if (waiting.length === 0) return
  const { contact_id } = world.chance.pick(nonEmpty(waiting))
  const person = model.tables.people.get(contact_id)
  if (person === undefined) return
  person.opted_out_all = true
  witness.ban('the person opted out', (id) => model.tables.messages.get(id)?.contact_id === contact_id)
}

const write: Harm = ({ stage: { world }, scenario, hubs }) => {
  for (let left = world.chance.whole(1, 4); left > 0; left -= 1) {
    const { number_id } = scenario.addDirect(world.nowMs)
    // The process that took it over nudges its own lane; the others find it by looking.
    const { process } = world.chance.pick(nonEmpty(hubs))
    if (process.isAlive && !process.isFrozen) process.wake.signal(`lane:${number_id}`)
  }
}

const customersWrite: Harm = ({ stage: { world, model } }) => {
  const number_id = world.chance.pick(nonEmpty([...model.tables.numbers.keys()]))
  for (let left = world.chance.whole(1, 30); left > 0; left -= 1)
    model.tables.inbound.push({ number_id, at: world.nowMs })
}

/** The wait for evidence has passed for whatever is unknown now, though callbacks may still be on their way. */
const evidenceIsOver: Harm = ({ stage }) => endWaits(stage)

const decide: Harm = ({ stage: { world, model, witness } }) => {
  const unsettled = [...model.tables.messages.values()].filter(
    ({ state }) => state === 'unknown' || state === 'held',
  )
  if (unsettled.length === 0) return
  const row = world.chance.pick(nonEmpty(unsettled))
  if (world.chance.number() < 0.5) {
    takeForNotSent(model.tables, row)
    witness.takeForNotSent(row.id)
  } else {
    model.tables.resends.push({ message_id: row.id, decided_by: 'operator' })
    goAgain(model.tables, world.nowMs, row, 'operator')
  }
}

const harms: readonly [Harm, ...Harm[]] = [
  kill,
  kill,
  freeze,
  restartGently,
  loseDatabase,
  storm,
  jam,
  shutGate,
  pauseTemplate,
  optOut,
  customersWrite,
  evidenceIsOver,
  decide,
]

/** Does harm at moments between any two happenings, until `untilMs`. */
export function startNemesis(around: Around, untilMs: number): void {
  const { world } = around.stage
  const { chance } = world
  const chosen = nonEmpty([...harms.filter(() => chance.number() < 0.5), write, chance.pick(harms)])
  const gapMs = chance.between(100, 2_000)
  const strike = () => {
    if (world.nowMs > untilMs) return
    chance.pick(chosen)(around)
    world.in(chance.between(0, 2 * gapMs), strike)
  }
  world.in(chance.between(0, gapMs), strike)
}

/** As if the time had passed in which evidence could come: policy ends the wait at its next look. */
export function endWaits({ world, model }: Stage): void {
  for (const row of model.tables.messages.values())
    if (row.state === 'unknown' && row.unknown_since !== null) row.unknown_since -= 660_000
  for (const number of model.tables.numbers.values()) number.last_webhook_at = world.nowMs
}

function anyHub({ world }: Stage, hubs: readonly Hub[]): Hub {
  return world.chance.pick(nonEmpty(hubs))
}

/** Nothing is forbidden any more, so that everything can come to its end. */
export function liftBans({ world, model, witness }: Stage): void {
  for (const gate of model.tables.gates.values()) gate.sends_until = world.nowMs + 3_600_000
  for (const template of model.tables.templates.values()) template.status = 'APPROVED'
  for (const ban of witness.bans)
    if (ban.why !== 'the person opted out') ban.untilMs = Math.min(ban.untilMs, world.nowMs)
}
