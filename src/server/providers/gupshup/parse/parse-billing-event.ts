import type { JsonObject } from '../../fact.ts'
import { booleanIn, idIn, objectIn, textIn } from '../../meta/parse/read-json.ts'
import type { GupshupEvent } from './event.ts'

/** Type `billing-event`, v2 and v3: what a message was charged as. */
export function parseBillingEvent(event: GupshupEvent): void {
  const billing = objectIn(event.value, 'billing') ?? event.value
  const references = objectIn(billing, 'references')
  const deductions = objectIn(billing, 'deductions')
  const externalId = idIn(references, 'gsId') ?? idIn(references, 'gs_id') ?? idIn(references, 'id')
  if (externalId === null || deductions === null) return
  event.facts.push({
    kind: 'billing',
    ...event.origin,
    external_id: externalId,
    recipient: idIn(references, 'destination') ?? '',
    at: event.at,
    pricing: pricingIn(deductions),
  })
}

function pricingIn(deductions: JsonObject) {
  return {
    category: textIn(deductions, 'category') ?? textIn(deductions, 'conversation_type'),
    type: textIn(deductions, 'type'),
    model: textIn(deductions, 'model'),
    billable: booleanIn(deductions, 'billable'),
  }
}
