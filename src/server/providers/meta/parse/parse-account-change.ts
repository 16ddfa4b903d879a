import type { AccountFact, NumberFact } from '../../fact.ts'
import type { Change } from './change.ts'
import { idIn, objectIn, phoneIn, textIn } from './read-json.ts'

/** What changed, in the provider's word: an event, a decision, or the kind of an alert. */
function changeOf({ field, value }: Change): string {
  const alert = objectIn(value, 'alert_info')
  return (
    textIn(value, 'event') ??
    textIn(value, 'decision') ??
    textIn(alert, 'alert_type') ??
    textIn(value, 'status') ??
    field
  )
}

export function parseAccountChange(change: Change): void {
  const { field, value, origin, facts } = change
  // Partner events come under the id of the business; the account they are about stands inside.
  const waba = idIn(objectIn(value, 'waba_info'), 'waba_id')
  const fact: AccountFact = {
    kind: 'account',
    ...origin,
    waba_id: waba ?? origin.waba_id,
    field,
    change: changeOf(change),
    at: change.at,
    value,
  }
  facts.push(fact)
}

export function parseNumberChange(change: Change): void {
  const { field, value, origin, facts } = change
  const phone = phoneIn({ phone: textIn(value, 'display_phone_number')?.replace(/\D/g, '') ?? null }, 'phone')
  const fact: NumberFact = {
    kind: 'number',
    ...origin,
    field,
    change: changeOf(change),
    at: change.at,
    phone,
    value,
  }
  facts.push(fact)
}
