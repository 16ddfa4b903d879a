import type { History } from '../load.ts'
import type { Stage } from '../stage.ts'
import { complain, type Evidence } from './evidence.ts'

const finalStates = new Set(['accepted', 'rejected', 'held', 'expired', 'skipped', 'cancelled'])
/** What says "nobody knows". */
const undecidedStates = new Set(['held', 'expired'])

/** I1: what a caller was told to be done is done: each recipient of a started list, each message sent through the API. */
export async function checkPromises(
  { database, provider }: Stage,
  { messages }: Evidence,
  history: History,
): Promise<string[]> {
  const perList = new Map<string, number>()
  for (const { list_id } of messages.values())
    if (list_id !== null) perList.set(list_id, (perList.get(list_id) ?? 0) + 1)
  const short = history.lists
    .filter(({ id, recipients }) => perList.get(id) !== recipients)
    .map(({ id, recipients }) => `${id} has ${perList.get(id) ?? 0} messages for ${recipients} recipients`)
  const gone = history.direct.filter(({ messageId, to }) => messages.get(messageId)?.to_phone !== to)
  const { accepted } = await provider.callbacks()
  const [row] = await database.query<{ n: number }>('select count(*) as n from inbound_logs')
  const stored = row?.n ?? 0
  const unworked = await database.query<{ id: string; verdict: string; error: string | null }>(
    `select id, verdict, error from inbound_logs where verdict <> 'processed'`,
  )
  return [
    ...complain('I1', 'each recipient of a started list has one message', short),
    ...complain(
      'I1',
      'each message promised by the API exists',
      gone.map(({ messageId }) => messageId),
    ),
    ...complain(
      'I1',
      'each webhook answered 200 is stored',
      stored >= accepted ? [] : [`${accepted} answered, ${stored} stored`],
    ),
    ...complain(
      'I1',
      'each webhook is worked on',
      unworked.map(({ id, verdict, error }) => `${id} ${verdict} ${error ?? ''}`),
    ),
  ]
}

/** I2: the provider got nothing twice. */
export function checkDoubles({ ledger, acceptedOf }: Evidence): { doubled: number; complaints: string[] } {
  const tokens = countBy(ledger.map((one) => one.biz_opaque_callback_data ?? one.wamid))
  const recipients = countBy(ledger.map((one) => one.to))
  const twice = [...acceptedOf].filter(([, acceptances]) => acceptances.length > 1)
  return {
    doubled: [...recipients.values()].reduce((sum, n) => sum + n - 1, 0),
    complaints: [
      ...complain('I2', 'one acceptance per attempt', repeated(tokens)),
      ...complain(
        'I2',
        'one acceptance per message',
        twice.map(([id, acceptances]) => `${id}: ${acceptances.length}`),
      ),
      ...complain('I2', 'one acceptance per recipient', repeated(recipients)),
    ],
  }
}

/** I3 and I4: each message has ended, and the hub believes of each what the provider knows. */
export function checkBeliefs({ messages, acceptedOf }: Evidence): { lost: number; complaints: string[] } {
  const unended: string[] = []
  const imagined: string[] = []
  const forgotten: string[] = []
  const misnamed: string[] = []
  for (const { id, state, external_id } of messages.values()) {
    const [acceptance] = acceptedOf.get(id) ?? []
    if (!finalStates.has(state)) unended.push(`${id} is ${state}`)
    if (state === 'accepted' && acceptance === undefined) imagined.push(id)
    // Of some recipients the provider never tells anything; where the answer is lost too, nobody can know.
    const isUntold = acceptance?.state === 'accepted' && undecidedStates.has(state)
    if (state !== 'accepted' && acceptance !== undefined && !isUntold) forgotten.push(`${id} is ${state}`)
    if (acceptance !== undefined && state === 'accepted' && external_id !== acceptance.wamid)
      misnamed.push(id)
  }
  const unknown = [...acceptedOf.keys()].filter((id) => !messages.has(id))
  return {
    lost: unended.length + imagined.length,
    complaints: [
      ...complain('I3', 'each message ends', unended),
      ...complain('I4', 'what counts as sent was accepted', imagined),
      ...complain('I4', 'what was accepted counts as sent', forgotten),
      ...complain('I4', 'what was accepted bears its id', misnamed),
      ...complain('I4', 'what was accepted is known', unknown),
    ],
  }
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

function repeated(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].filter(([, n]) => n > 1).map(([key, n]) => `${key}: ${n}`)
}
