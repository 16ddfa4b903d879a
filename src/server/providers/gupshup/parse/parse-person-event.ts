import { timeOf, unknownFact } from '../../meta/parse/change.ts'
import { idIn, isObject, listIn, objectIn, phoneIn, textIn } from '../../meta/parse/read-json.ts'
import type { GupshupEvent } from './event.ts'

/** Type `preference-event`: somebody stopped or resumed marketing messages. */
export function parsePreferenceEvent(event: GupshupEvent): void {
  const items = listIn(objectIn(event.value, 'payload') ?? {}, 'user_preferences')
  for (const [index, item] of items.entries()) {
    const value = isObject(item) ? textIn(item, 'value') : null
    if (!isObject(item) || value === null) {
      event.facts.push(unknownFact(event, null, item))
      continue
    }
    event.facts.push({
      kind: 'preference',
      ...event.origin,
      phone: phoneIn(item, 'wa_id'),
      user_id: idIn(item, 'userid') ?? idIn(item, 'user_id'),
      category: textIn(item, 'category') ?? '',
      value,
      at: timeOf(event, item, `${event.path}.payload.user_preferences[${index}]`) ?? event.at,
    })
  }
}

const optWords: Record<string, 'stop' | 'resume'> = { 'opted-out': 'stop', 'opted-in': 'resume' }

/** Type `user-event`: the older way to opt out and in, which names no category. `sandbox-start` only tries the address. */
export function parseUserEvent(event: GupshupEvent): void {
  const word = textIn(event.value, 'type') ?? ''
  if (word === 'sandbox-start') event.facts.push({ kind: 'check', ...event.origin, name: word })
  const value = optWords[word]
  const phone = phoneIn(event.value, 'phone')
  if (value === undefined || phone === null) return
  event.facts.push({
    kind: 'preference',
    ...event.origin,
    phone,
    user_id: null,
    category: 'all',
    value,
    at: event.at,
  })
}
