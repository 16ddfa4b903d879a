import { type Change, timeOf, unknownFact } from './change.ts'
import { idIn, isObject, listIn, objectIn, phoneIn, textIn } from './read-json.ts'

/** Field `user_preferences`: somebody stopped or resumed marketing messages. */
export function parsePreferences(change: Change): void {
  for (const [index, item] of listIn(change.value, 'user_preferences').entries()) {
    const path = `${change.path}.user_preferences[${index}]`
    const value = isObject(item) ? textIn(item, 'value') : null
    if (!isObject(item) || value === null) {
      change.facts.push(unknownFact(change, null, item))
      continue
    }
    change.facts.push({
      kind: 'preference',
      ...change.origin,
      phone: phoneIn(item, 'wa_id'),
      user_id: idIn(item, 'user_id'),
      category: textIn(item, 'category') ?? '',
      value,
      at: timeOf(change, item, path),
    })
  }
}

/** Field `user_id_update`: somebody has a new user id, mostly because of a new phone. */
export function parseUserIdUpdates(change: Change): void {
  for (const [index, item] of listIn(change.value, 'user_id_update').entries()) {
    const path = `${change.path}.user_id_update[${index}]`
    const ids = isObject(item) ? objectIn(item, 'user_id') : null
    const current = idIn(ids, 'current')
    if (!isObject(item) || current === null) {
      change.facts.push(unknownFact(change, null, item))
      continue
    }
    const phone = phoneIn(item, 'wa_id')
    change.facts.push({
      kind: 'contact_change',
      ...change.origin,
      external_id: null,
      old_phone: phone,
      new_phone: phone,
      old_user_id: idIn(ids, 'previous'),
      new_user_id: current,
      at: timeOf(change, item, path),
    })
  }
}
