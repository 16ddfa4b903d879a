import type { CallFact, Json, JsonObject } from '../../fact.ts'
import { type Change, errorOf, timeOf, unknownFact } from './change.ts'
import { personCalled } from './parse-message.ts'
import { idIn, isObject, listIn, phoneIn, textIn } from './read-json.ts'

/** Field `calls`: kept and shown; Parley answers none, so what is needed to connect one is left out. */
export function parseCalls(change: Change): void {
  for (const [index, item] of listIn(change.value, 'calls').entries()) {
    parseCall(change, item, `${change.path}.calls[${index}]`)
  }
  for (const [index, item] of listIn(change.value, 'statuses').entries()) {
    parseCallStatus(change, item, `${change.path}.statuses[${index}]`)
  }
}

function parseCall(change: Change, item: Json, path: string): void {
  const externalId = isObject(item) ? idIn(item, 'id') : null
  const event = isObject(item) ? textIn(item, 'event') : null
  if (!isObject(item) || externalId === null || (event !== 'connect' && event !== 'terminate')) {
    change.facts.push(unknownFact(change, event, item))
    return
  }
  const direction = textIn(item, 'direction') === 'BUSINESS_INITIATED' ? 'out' : 'in'
  change.facts.push({
    ...common(change, externalId),
    ...otherSide(change, item, direction),
    direction,
    event,
    result: textIn(item, 'status'),
    duration_seconds: secondsIn(item),
    ...timesOf(change, { item, path, event }),
    error: errorOf([...listIn(item, 'errors'), ...listIn(change.value, 'errors')]),
  })
}

const statusEvents = { RINGING: 'ringing', ACCEPTED: 'accepted', REJECTED: 'rejected' } as const

/** Only calls that we began have statuses. */
function parseCallStatus(change: Change, item: Json, path: string): void {
  const externalId = isObject(item) ? idIn(item, 'id') : null
  const word = isObject(item) ? textIn(item, 'status')?.toUpperCase() : undefined
  const event = Object.entries(statusEvents).find(([name]) => name === word)?.[1]
  if (!isObject(item) || externalId === null || event === undefined) {
    change.facts.push(unknownFact(change, word ?? null, item))
    return
  }
  const ids = { phone: phoneIn(item, 'recipient_id'), userId: idIn(item, 'recipient_user_id') }
  const person = personCalled(change, ids)
  change.facts.push({
    ...common(change, externalId),
    phone: person.phone,
    user_id: person.userId,
    username: person.username,
    profile_name: person.name,
    direction: 'out',
    event,
    result: null,
    duration_seconds: null,
    at: timeOf(change, item, path),
    ended_at: null,
    error: errorOf(listIn(item, 'errors')),
  })
}

function common(
  change: Change,
  externalId: string,
): Pick<CallFact, 'kind' | 'waba_id' | 'phone_number_id' | 'external_id'> {
  return { kind: 'call', ...change.origin, external_id: externalId }
}

/** The end of a call is told with its length: so its beginning is known, whichever of the two comes first. */
function timesOf(
  change: Change,
  { item, path, event }: { item: JsonObject; path: string; event: 'connect' | 'terminate' },
): Pick<CallFact, 'at' | 'ended_at'> {
  const at = timeOf(change, item, path)
  if (event === 'connect' || at === null) return { at, ended_at: null }
  const length = secondsIn(item) ?? 0
  return { at: new Date(at.getTime() - length * 1_000), ended_at: at }
}

/** The person: who called us, or whom we called. Meta's samples of our own calls write either of them as `from`. */
function otherSide(
  change: Change,
  item: JsonObject,
  direction: 'in' | 'out',
): Pick<CallFact, 'phone' | 'user_id' | 'username' | 'profile_name'> {
  const ours = textIn(isObject(change.value.metadata) ? change.value.metadata : null, 'display_phone_number')
  const [first, second] = direction === 'in' ? (['from', 'to'] as const) : (['to', 'from'] as const)
  const key = textIn(item, first)?.replace(/\D/g, '') === ours?.replace(/\D/g, '') ? second : first
  const ids = {
    phone: phoneIn(item, key),
    userId: idIn(item, `${key}_user_id`) ?? idIn(item, `${first}_user_id`),
  }
  const person = personCalled(change, ids)
  return {
    phone: person.phone,
    user_id: person.userId,
    username: person.username,
    profile_name: person.name,
  }
}

const secondsMax = 7 * 86_400

function secondsIn(item: JsonObject): number | null {
  const { duration } = item
  const isLength = typeof duration === 'number' && duration >= 0 && duration <= secondsMax
  return isLength ? Math.floor(duration) : null
}
