import type { Tables } from './model/rows.ts'
import type { PretendedProvider } from './provider.ts'
import type { Span } from './witness.ts'

const finalStates = new Set(['accepted', 'rejected', 'held', 'expired', 'skipped', 'cancelled'])
/** What says "it did not go"; held and expired say "nobody knows", and `cancelled` is a person's word. */
const denied = new Set(['skipped', 'rejected'])

/** What must hold when nothing moves any more: what everybody remembers is compared. */
export function judge(
  tables: Tables,
  provider: PretendedProvider,
  takenForNotSent: ReadonlyMap<string, Span>,
): string[] {
  return [
    ...checkDoubles(tables, provider),
    ...checkBeliefs(tables, provider),
    ...checkPace(tables, provider),
    ...checkDailyLimit(tables, provider, takenForNotSent),
    ...checkEpochs(tables),
  ]
}

/** I2: one acceptance for each attempt; one request for each attempt; no second attempt that nobody permitted. */
function checkDoubles({ resends }: Tables, { ledger, requests }: PretendedProvider): string[] {
  const permitted = countBy(resends, ({ message_id }) => message_id)
  return [
    ...over(1, countBy(requests, attemptName), 'I2 requests of one attempt'),
    ...over(1, countBy(ledger, attemptName), 'I2 acceptances of one attempt'),
    ...[...countBy(ledger, ({ message_id }) => message_id)]
      .filter(([id, n]) => n > 1 + (permitted.get(id) ?? 0))
      .map(([id, n]) => `I2 sent without permission: ${id} was accepted ${n} times`),
  ]
}

/** I3, I4, I5: each message has ended, and the hub believes of it what the provider knows. */
function checkBeliefs({ messages, resends }: Tables, { ledger, told }: PretendedProvider): string[] {
  const accepted = new Set(ledger.map(({ message_id }) => message_id))
  const names = new Set(ledger.map(({ message_id, external_id }) => `${message_id} ${external_id}`))
  // Of two permitted tries one may be refused or left out while nobody ever tells of the other.
  const twice = new Set(resends.map(({ message_id }) => message_id))
  return [...messages.values()].flatMap(({ id, state, external_id }) => {
    if (!finalStates.has(state)) return [`I3 has not ended: ${id} is ${state}`]
    if (state === 'accepted' && !accepted.has(id)) return [`I4 counts as sent, but was never accepted: ${id}`]
    if (state === 'accepted' && !names.has(`${id} ${external_id}`))
      return [`I4 bears a wrong name: ${id} is ${external_id}`]
    if (twice.has(id) || state === 'accepted') return []
    if (told.has(id)) return [`I5 the provider told of it, and it counts as ${state}: ${id}`]
    return denied.has(state) && accepted.has(id)
      ? [`I4 counts as not sent, but was accepted: ${id} is ${state}`]
      : []
  })
}

/** I9: in no sliding second did more of a number's requests arrive than it may send. */
function checkPace({ numbers }: Tables, { requests }: PretendedProvider): string[] {
  return [...numbers.values()].flatMap(({ phone_number_id, limit_per_second }) => {
    const times = requests
      .filter((request) => request.phone_number_id === phone_number_id)
      .map(({ arrivesAtMs }) => arrivesAtMs)
      .sort((one, other) => one - other)
    let start = 0
    let worst = 0
    for (const [at, time] of times.entries()) {
      while (time - (times[start] ?? 0) >= 1_000) start += 1
      worst = Math.max(worst, at - start + 1)
    }
    return worst > limit_per_second
      ? [`I9 ${worst} requests arrived in a second, ${limit_per_second} allowed`]
      : []
  })
}

/**
 * I9: nobody new was written to when so many had been within a day as the portfolio allows. A message counts from its
 * intent; one that failed gave its place back, one that a person took for not sent until a callback proved that it went.
 */
function checkDailyLimit(
  { messages, attempts, people, portfolio }: Tables,
  { ledger }: PretendedProvider,
  takenForNotSent: ReadonlyMap<string, Span>,
): string[] {
  const { limit, dayMs } = portfolio
  if (limit === null) return []
  const written = ledger
    .flatMap(({ message_id, attempt }) => {
      const row = messages.get(message_id)
      const at = attempts.get(message_id)?.[attempt - 1]?.intent_at
      if (row === undefined || at === undefined || row.facts.has('failed')) return []
      const person = row.contact_id
      const isFree = people.get(person)?.windows.has(row.number_id)
      return isFree ? [] : [{ person, at, freed: takenForNotSent.get(message_id) }]
    })
    .sort((one, other) => one.at - other.at)
  const days = written.map(({ at, person: newcomer }) => {
    const within = written.filter(
      (one) => one.at <= at && one.at > at - dayMs && !(one.freed && isWithin(one.freed, at)),
    )
    const isCounted = within.some((one) => one.person === newcomer && one.at < at)
    return isCounted ? 0 : new Set(within.map(({ person }) => person)).size
  })
  const most = Math.max(0, ...days)
  return most > limit ? [`I9 ${most} people within a day, ${limit} allowed`] : []
}

function isWithin({ fromMs, untilMs }: Span, atMs: number): boolean {
  return fromMs <= atMs && atMs <= untilMs
}

/** I10: an epoch has one owner, and its intents end before the next one's begin. */
function checkEpochs({ attempts, messages }: Tables): string[] {
  const spans = new Map<
    string,
    { owners: Set<string>; number: string; epoch: number; first: number; last: number }
  >()
  for (const { message_id, epoch, owner, intent_at } of [...attempts.values()].flat()) {
    const number = messages.get(message_id)?.number_id ?? ''
    const span = spans.get(`${number}|${epoch}`)
    spans.set(`${number}|${epoch}`, {
      owners: (span?.owners ?? new Set()).add(owner),
      number,
      epoch,
      first: Math.min(span?.first ?? intent_at, intent_at),
      last: Math.max(span?.last ?? intent_at, intent_at),
    })
  }
  const ordered = [...spans.values()].sort((a, b) => a.epoch - b.epoch)
  return ordered.flatMap(({ number, epoch, owners, first }) => {
    const crossed = ordered.some(
      (other) => other.number === number && other.epoch < epoch && other.last > first,
    )
    return [
      ...(owners.size > 1 ? [`I10 epoch ${epoch} has ${owners.size} owners`] : []),
      ...(crossed ? [`I10 epoch ${epoch} begins before the one before has ended`] : []),
    ]
  })
}

function attemptName({ message_id, attempt }: { message_id: string; attempt: number }): string {
  return `${message_id} attempt ${attempt}`
}

function over(max: number, counts: ReadonlyMap<string, number>, what: string): string[] {
  return [...counts].filter(([, n]) => n > max).map(([name, n]) => `${what}: ${name}: ${n}`)
}

function countBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1)
  return counts
}
