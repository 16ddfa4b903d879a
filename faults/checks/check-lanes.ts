import type { Line } from '../lines.ts'
import type { Pause } from '../load.ts'
import type { Fault } from '../nemesis.ts'
import type { Stage } from '../stage.ts'
import { type Arrival, complain, type Evidence } from './evidence.ts'

export interface WorstSecond {
  accepted: number
  limit: number
}

/** A number's fullest second, by those of its requests that surely arrived within it. */
interface FullSecond extends WorstSecond {
  messages: readonly Arrival[]
}

/** I9: in no sliding second did more of a number's requests arrive at the provider than it may send. */
export function checkPace(
  { ledger }: Pick<Evidence, 'ledger'>,
  lines: readonly Pick<Line, 'phoneNumberId' | 'limitPerSecond'>[],
): { worst: WorstSecond; over: readonly FullSecond[] } {
  const seconds = lines.map(({ phoneNumberId, limitPerSecond: limit }) => {
    const messages = fullestSecond(ledger.filter((one) => one.phone_number_id === phoneNumberId))
    return { accepted: messages.length, limit, messages }
  })
  const { accepted, limit } = seconds.reduce<WorstSecond>(
    (most, second) => (second.accepted / second.limit > most.accepted / most.limit ? second : most),
    { accepted: 0, limit: 1 },
  )
  return { worst: { accepted, limit }, over: seconds.filter((second) => second.accepted > second.limit) }
}

/** While the provider stands still nobody knows when a request came in: it counts where that makes no difference. */
function fullestSecond(arrivals: readonly Arrival[]): readonly Arrival[] {
  let fullest = { from: 0, to: 0 }
  let from = 0
  for (const [at, { accepted_ms }] of arrivals.entries()) {
    while (from <= at && accepted_ms - (arrivals[from]?.earliestMs ?? 0) >= 1_000) from += 1
    if (at + 1 - from > fullest.to - fullest.from) fullest = { from, to: at + 1 }
  }
  return arrivals.slice(fullest.from, fullest.to)
}

/** Who sent what is over the limit, for whoever looks for the cause. */
export async function explainPace({ database }: Stage, over: readonly FullSecond[]): Promise<string[]> {
  const told: string[] = []
  for (const { accepted, limit, messages } of over) {
    const rows = await database.query<{
      epoch: number
      owner: string
      n: number
      first_at: Date
      last_at: Date
    }>(
      `select a.epoch, a.owner, count(*) as n, min(a.intent_at) as first_at, max(a.intent_at) as last_at
       from message_attempts a join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
       where m.external_id = any ($1) group by 1, 2 order by 1`,
      [messages.map(({ wamid }) => wamid)],
    )
    const from = new Date(messages[0]?.accepted_ms ?? 0).toISOString()
    const senders = rows.map(
      ({ epoch, owner, n, first_at, last_at }) =>
        `${n} of epoch ${epoch} (${owner}), intended ${first_at.toISOString()} to ${last_at.toISOString()}`,
    )
    told.push(`${accepted} / ${limit} from ${from}: ${senders.join(', ')}`)
  }
  return complain('I9', 'no second over the limit', told)
}

const graceMs = 1_000

/**
 * I9: nothing becomes an intent after a pause was confirmed, and a second later nothing goes out. A process that was
 * frozen meanwhile may still send what it had claimed before, as long as its lease lasts: such pauses are left out.
 */
export async function checkPauses(
  { database }: Stage,
  { ledger, messages, acceptedOf }: Evidence,
  { pauses, faults }: { pauses: readonly Pause[]; faults: readonly Fault[] },
): Promise<string[]> {
  const late: string[] = []
  const claimed: string[] = []
  const sent = ledger.length === 0 ? [] : [...messages.values()].filter(({ list_id }) => list_id !== null)
  for (const { listId, fromMs, untilMs } of pauses) {
    const intents = await database.query<{ message_id: string }>(
      `select a.message_id from message_attempts a
       join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
       where m.list_id = $1 and a.intent_at > to_timestamp($2 / 1000.0) and a.intent_at < to_timestamp($3 / 1000.0)`,
      [listId, fromMs, untilMs],
    )
    claimed.push(...intents.map(({ message_id }) => message_id))
    const isDisturbed = faults.some(
      (fault) => fault.kind === 'freeze' && fault.fromMs < untilMs && fault.untilMs > fromMs - graceMs,
    )
    if (isDisturbed) continue
    for (const { id, list_id } of sent) {
      const arrival = list_id === listId ? acceptedOf.get(id)?.[0] : undefined
      if (arrival !== undefined && cameWhilePaused(arrival, { fromMs, untilMs }))
        late.push(`${id} ${Math.round(arrival.earliestMs - fromMs)} ms after`)
    }
  }
  return [
    ...complain('I9', 'nothing is claimed from a paused list', claimed),
    ...complain('I9', 'nothing goes out a second after a pause', late),
  ]
}

/** For certain: neither sent before nor after, and only read then because the provider stood still. */
export function cameWhilePaused(
  { earliestMs, accepted_ms }: Pick<Arrival, 'earliestMs' | 'accepted_ms'>,
  { fromMs, untilMs }: Pick<Pause, 'fromMs' | 'untilMs'>,
): boolean {
  return earliestMs > fromMs + graceMs && accepted_ms < untilMs
}

/** I10: each epoch of a number has one owner, and ends before the next one begins. */
export async function checkEpochs({ database }: Stage): Promise<string[]> {
  const shared = await database.query<{ number_id: string; epoch: number }>(
    `select m.number_id, a.epoch from message_attempts a
     join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
     group by 1, 2 having count(distinct a.owner) > 1`,
  )
  const crossed = await database.query<{ number_id: string; epoch: number }>(
    `with spans as (
       select m.number_id, a.epoch, min(a.intent_at) as first_at, max(a.intent_at) as last_at
       from message_attempts a
       join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
       group by 1, 2
     ),
     ordered as (
       select number_id, epoch, first_at,
         max(last_at) over (partition by number_id order by epoch rows between unbounded preceding and 1 preceding) as before
       from spans
     )
     select number_id, epoch from ordered where before > first_at`,
  )
  const name = ({ number_id, epoch }: { number_id: string; epoch: number }) => `${number_id} epoch ${epoch}`
  return [
    ...complain('I10', 'one owner per epoch', shared.map(name)),
    ...complain('I10', 'an epoch ends before the next begins', crossed.map(name)),
  ]
}
