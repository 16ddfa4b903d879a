import type { Chance } from '../../faults/chance.ts'
import type { AttemptOutcome, Claim, ClaimedMessage } from '../../src/server/messages/index.ts'
import { nonEmpty } from '../scenario.ts'
import { changes } from './changes.ts'
import { limits } from './limits.ts'
import { anyLane, nothing, type Operation, type Past, someClaimed, type Weighted } from './operation.ts'
import type { Pair, Told } from './pair.ts'

const owners = ['hub a', 'hub b', 'hub c'] as const
const outcomes = ['accepted', 'later', 'refused', 'unknown', 'unsent'] as const
const kinds = ['sent', 'delivered', 'read', 'failed'] as const

const waitAWhile: Operation = async (pair, chance) => {
  await pair.advance(chance.pick([1, 400, 1_500, 3_100, 16_000, 660_000, 50_000_000]))
  return nothing
}

const acquire: Operation = async ({ leases, model, seed }, chance, past) => {
  const owner = chance.pick(owners)
  const got = await leases.acquire('sending', owner, [seed.numberId], 1)
  past.leases.push(...got.taken.map(({ epoch }) => ({ owner, epoch })))
  return [got, model.acquire(owner, [seed.numberId])]
}

const renew: Operation = async ({ leases, model, seed }, chance, past) => {
  if (past.leases.length === 0) return nothing
  const { owner, epoch } = chance.pick(nonEmpty(past.leases.slice(-3)))
  const mine = [{ key: seed.numberId, epoch }]
  const kept = await leases.renew('sending', owner, mine)
  return [[...kept], [...model.renew(owner, mine)]]
}

const release: Operation = async ({ leases, model, seed }, chance, past) => {
  if (past.leases.length === 0) return nothing
  const { owner, epoch } = chance.pick(nonEmpty(past.leases.slice(-3)))
  await leases.release('sending', owner, { key: seed.numberId, epoch })
  model.releaseLease(owner, { key: seed.numberId, epoch })
  return nothing
}

const claimDirect: Operation = async (pair, chance, past) => {
  const lane = anyLane(pair, chance, past)
  const limit = chance.whole(1, 6)
  const claim = await pair.store.claimDirect(lane, limit)
  past.claimed.push(...claim.intents)
  return [shown(claim), shown(pair.model.claimDirect(lane, limit))]
}

const claimOfList: Operation = async (pair, chance, past) => {
  const lane = anyLane(pair, chance, past)
  const limit = chance.whole(1, 6)
  const after = past.claimed.length > 0 && chance.number() < 0.3 ? chance.pick(nonEmpty(past.claimed)).id : ''
  const from = { list_id: chance.pick(nonEmpty(pair.listIds)), after }
  const claim = await pair.store.claimOfList(lane, from, limit)
  past.claimed.push(...claim.intents)
  return [shown(claim), shown(pair.model.claimOfList(lane, from, limit))]
}

const record: Operation = async (pair, chance, past) => {
  const chosen = someClaimed(chance, past)
  const told = chosen.map((message) => outcomeOf(pair, chance, past, message))
  await pair.store.record(told)
  pair.model.record(told)
  return nothing
}

const giveBack: Operation = async ({ store, model }, chance, past) => {
  const intents = someClaimed(chance, past)
  await store.release(intents)
  model.release(intents)
  return nothing
}

const giveBackUnheard: Operation = async (pair, chance, past) => {
  const lane = anyLane(pair, chance, past)
  const known = {
    heardOfIds: someClaimed(chance, past).map(({ id }) => id),
    before: new Date(pair.nowMs() - chance.pick([0, 0, 1_000])),
  }
  return [await pair.store.releaseUnheard(lane, known), pair.model.releaseUnheard(lane, known)]
}

const tellStatus: Operation = async (pair, chance, past) => {
  const again = past.told.length > 0 && chance.number() < 0.3
  const told = again ? chance.pick(nonEmpty(past.told)) : newStatus(chance, past)
  if (told === null) return nothing
  past.told.push(told)
  return pair.tellStatus(told)
}

const hearWebhook: Operation = async (pair) => {
  await pair.change('update connectors set last_webhook_at = held_clock.now()', [], () => {
    for (const number of pair.model.tables.numbers.values()) number.last_webhook_at = pair.nowMs()
  })
  return nothing
}

const sweep: Operation = async ({ store, model }) => [
  [await store.markStale(15_000), await store.resendByPolicy(), await store.expireUnknowns()],
  [model.markStale(15_000), model.resendByPolicy(), model.expireUnknowns()],
]

const look: Operation = async ({ store, model, number, seed }) => {
  const { has_direct, gates, inbound_per_second } = await store.outlook(seed.numberId)
  const seen = model.outlook(seed.numberId)
  const known = [await store.knownLimits(number), model.knownLimits(number.numberId)].map((each) => ({
    ...each,
    crowded: each.crowded.toSorted((a, b) => (a.contact_id < b.contact_id ? -1 : 1)),
  }))
  const inOrder = (lists: readonly { list_id: string }[]) => lists.map(({ list_id }) => list_id).sort()
  return [
    [has_direct, inbound_per_second, inOrder(gates), await store.dueNumbers([seed.numberId]), known[0]],
    [
      seen.has_direct,
      seen.inbound_per_second,
      inOrder(seen.gates),
      model.dueNumbers([seed.numberId]),
      known[1],
    ],
  ]
}

/** What was put off is asked for at the moment it is due again, or just before. */
const comeBack: Operation = async (pair, chance, past) => {
  const { queue, messages } = pair.model.tables
  const later = [...queue].filter(([id, at]) => at > pair.nowMs() && messages.get(id)?.state === 'queued')
  if (later.length === 0) return nothing
  const [id, dueAt] = chance.pick(nonEmpty(later))
  await pair.advance(Math.max(0, dueAt - pair.nowMs() - chance.pick([0, 0, 1])))
  const taken = await acquire(pair, chance, past)
  const ask = messages.get(id)?.list_id === null ? claimDirect : claimOfList
  const claimed = await ask(pair, chance, past)
  return [
    [taken[0], claimed[0]],
    [taken[1], claimed[1]],
  ]
}

export const operations: readonly Weighted[] = [
  ['wait a while', 3, waitAWhile],
  ['acquire', 4, acquire],
  ['renew', 2, renew],
  ['release a lease', 1, release],
  ['claim direct', 3, claimDirect],
  ['claim of list', 6, claimOfList],
  ['come back', 3, comeBack],
  ['record', 6, record],
  ['give back', 1, giveBack],
  ['give back unheard', 1, giveBackUnheard],
  ['tell a status', 5, tellStatus],
  ['hear a webhook', 1, hearWebhook],
  ['sweep', 3, sweep],
  ['look', 3, look],
  ...changes,
  ...limits,
]

function outcomeOf(pair: Pair, chance: Chance, past: Past, message: ClaimedMessage): AttemptOutcome {
  const outcome = chance.pick(outcomes)
  const isPutOff = outcome === 'later' || outcome === 'unsent'
  return {
    workspace_id: message.workspace_id,
    number_id: pair.seed.numberId,
    message_id: message.id,
    attempt: message.attempt,
    outcome,
    http_status: null,
    external_id: outcome === 'accepted' ? newName(chance, past) : null,
    error: outcome === 'refused' ? { code: '131026', title: 'refused', detail: null } : null,
    retry_in_ms: isPutOff ? chance.whole(0, 5_000) : null,
  }
}

/** Sometimes one of which a status came before. */
function newName(chance: Chance, past: Past): string {
  past.names += 1
  const early = chance.number() < 0.4 ? past.early.pop() : undefined
  return early ?? `wamid.${past.names}`
}

function newStatus(chance: Chance, past: Past): Told | null {
  past.names += 1
  const kind = chance.pick(kinds)
  if (chance.number() < 0.25) {
    const external_id = `early.${past.names}`
    past.early.push(external_id)
    return { external_id, kind, recipient: '', tag: null }
  }
  if (past.claimed.length === 0) return null
  const { id, attempt, to_phone } = chance.pick(nonEmpty(past.claimed.slice(-20)))
  const told = { external_id: `of ${id} ${attempt}`, kind, recipient: to_phone ?? '' }
  const isUntagged = kind === 'failed' && chance.number() < 0.5
  return { ...told, tag: isUntagged ? null : { message_id: id, attempt } }
}

function shown({ intents, skipped, last_id }: Claim) {
  const line = (row: ClaimedMessage) => [
    row.id,
    row.attempt,
    row.epoch,
    row.priority,
    row.deferrals,
    row.skip_reason,
  ]
  return { intents: intents.map(line), skipped: skipped.map(line), last_id }
}
