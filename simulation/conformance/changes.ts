import type { Chance } from '../../faults/chance.ts'
import type { MessageState } from '../../src/server/messages/index.ts'
import type { Message } from '../model/rows.ts'
import { goAgain, takeForNotSent } from '../model/settling.ts'
import { nonEmpty } from '../scenario.ts'
import { nothing, type Operation, type Weighted } from './operation.ts'
import type { Pair } from './pair.ts'

const statuses = [
  'DRAFT',
  'PENDING',
  'REJECTED',
  'PAUSED',
  'DISABLED',
  'IN_APPEAL',
  'LIMIT_EXCEEDED',
  'DELETED',
] as const

const changeGate: Operation = async (pair, chance) => {
  const gate = pair.model.tables.gates.get(chance.pick(nonEmpty(pair.listIds)))
  if (gate === undefined) return nothing
  const until = chance.number() < 0.3 ? null : pair.nowMs() + chance.pick([1_000, 3_600_000])
  const text = 'update list_gates set sends_until = to_timestamp($2 / 1000.0) where list_id = $1'
  await pair.change(text, [gate.list_id, until], () => {
    gate.sends_until = until
  })
  return nothing
}

const changeTier: Operation = async (pair, chance) => {
  const limit = chance.pick([null, 3, 8, 15])
  const tier = limit === null ? 'TIER_UNLIMITED' : `TIER_${limit}`
  await pair.change(
    'update numbers set messaging_limit = $2 where id = $1',
    [pair.seed.numberId, tier],
    () => {
      pair.model.tables.portfolio.limit = limit
    },
  )
  return nothing
}

const changeTemplate: Operation = async (pair, chance) => {
  const template = chance.pick(nonEmpty([...pair.model.tables.templates.values()]))
  const status = chance.number() < 0.5 ? 'APPROVED' : chance.pick(statuses)
  await pair.change('update templates set status = $2 where id = $1', [template.id, status], () => {
    template.status = status
  })
  return nothing
}

const optOut: Operation = async (pair, chance) => {
  const person = chance.pick(nonEmpty([...pair.model.tables.people.values()]))
  const isAll = chance.number() < 0.5
  const column = isAll ? 'opted_out_all_at' : 'opted_out_marketing_at'
  await pair.change(`update contacts set ${column} = now() where id = $1`, [person.id], () => {
    if (isAll) person.opted_out_all = true
    else person.opted_out_marketing = true
  })
  return nothing
}

const resend: Operation = async (pair, chance) => {
  const row = someUnsettled(pair, chance, ['unknown', 'held', 'cancelled'])
  if (row === undefined) return nothing
  const text = `update messages set state = 'queued', next_at = held_clock.now(), resolution = 'operator',
    unknown_since = null where id = $1`
  await pair.change(text, [row.id], () => goAgain(pair.model.tables, pair.nowMs(), row, 'operator'))
  return nothing
}

const markNotSent: Operation = async (pair, chance) => {
  const row = someUnsettled(pair, chance, ['unknown', 'held'])
  if (row === undefined) return nothing
  const text = `update messages set state = 'cancelled', resolution = 'operator' where id = $1`
  await pair.change(text, [row.id], () => takeForNotSent(pair.model.tables, row))
  return nothing
}

const write: Operation = async (pair, chance) => {
  await pair.addDirect(chance.number() < 0.5)
  return nothing
}

const customerWrites: Operation = async (pair, chance) => {
  const { numberId, workspaceId } = pair.seed
  const person = chance.pick(nonEmpty([...pair.model.tables.people.values()]))
  const text = `insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, state,
      at, created_at)
    values ($1, parley_id('msg'), $2, $3, 'in', 'customer', 'text', '{}', 'received', held_clock.now(), held_clock.now())`
  await pair.change(text, [workspaceId, numberId, person.id], () => {
    pair.model.tables.inbound.push({ number_id: numberId, at: pair.nowMs() })
  })
  return nothing
}

/** What others than lanes do: people, customers, providers. */
export const changes: readonly Weighted[] = [
  ['change a gate', 1, changeGate],
  ['change a template', 2.5, changeTemplate],
  ['change the tier', 1, changeTier],
  ['opt out', 0.5, optOut],
  ['resend', 1, resend],
  ['mark as not sent', 1, markNotSent],
  ['write', 2, write],
  ['a customer writes', 1, customerWrites],
]

function someUnsettled(
  { model }: Pair,
  chance: Chance,
  states: readonly MessageState[],
): Message | undefined {
  const unsettled = [...model.tables.messages.values()].filter(({ state }) => states.includes(state))
  return unsettled.length === 0 ? undefined : chance.pick(nonEmpty(unsettled))
}
