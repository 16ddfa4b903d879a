import { type Change, timeOf, unknownFact } from './change.ts'
import { idIn, isObject, listIn, objectIn, textIn } from './read-json.ts'

/** Field `automatic_events`: a purchase or a lead that WhatsApp recognised in a chat which an ad had begun. */
export function parseAutomaticEvents(change: Change): void {
  for (const [index, item] of listIn(change.value, 'automatic_events').entries()) {
    const externalId = isObject(item) ? idIn(item, 'id') : null
    const event = isObject(item) ? textIn(item, 'event_name') : null
    if (!isObject(item) || externalId === null || event === null) {
      change.facts.push(unknownFact(change, event, item))
      continue
    }
    const custom = objectIn(item, 'custom_data')
    const amount = [idIn(custom, 'value'), textIn(custom, 'currency')].filter((part) => part !== null)
    change.facts.push({
      kind: 'conversion',
      ...change.origin,
      external_id: externalId,
      event,
      amount: amount.length === 0 ? null : amount.join(' '),
      at: timeOf(change, item, `${change.path}.automatic_events[${index}]`),
    })
  }
}

/** `value.user_actions`: somebody tapped a link of a marketing message. WhatsApp doesn't say who. */
export function parseUserActions(change: Change): void {
  for (const [index, item] of listIn(change.value, 'user_actions').entries()) {
    const action = isObject(item) ? textIn(item, 'action_type') : null
    if (!isObject(item) || action === null) {
      change.facts.push(unknownFact(change, action, item))
      continue
    }
    const data = objectIn(item, `${action}_data`)
    change.facts.push({
      kind: 'click',
      ...change.origin,
      action,
      component: textIn(data, 'click_component'),
      product: idIn(data, 'product_id'),
      tracking: idIn(data, 'tracking_token'),
      at: timeOf(change, item, `${change.path}.user_actions[${index}]`),
    })
  }
}
