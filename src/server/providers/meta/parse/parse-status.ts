import {
  type Json,
  type JsonObject,
  type Pricing,
  type StatusConversation,
  type StatusKind,
  statusKinds,
} from '../../fact.ts'
import { type Change, errorOf, timeOf, unknownFact } from './change.ts'
import { booleanIn, idIn, isObject, listIn, objectIn, textIn, timeIn } from './read-json.ts'

/** One element of `value.statuses`. */
export function parseStatus(change: Change, item: Json, path: string): void {
  if (!isObject(item)) {
    change.problems.add(path, 'A status that is no object was set aside.')
    return
  }
  const externalId = idIn(item, 'id')
  const word = textIn(item, 'status')?.toLowerCase()
  const status = statusKinds.find((kind) => kind === word)
  if (externalId === null || status === undefined) {
    change.facts.push(unknownFact(change, word ?? null, item))
    return
  }
  const pricing = objectIn(item, 'pricing') ?? objectIn(objectIn(item, 'conversation') ?? {}, 'pricing')
  change.facts.push({
    kind: 'status',
    ...change.origin,
    external_id: externalId,
    whatsapp_id: null,
    status,
    ...recipientOf(item),
    recipient_user_id: idIn(item, 'recipient_participant_user_id') ?? idIn(item, 'recipient_user_id'),
    at: timeOf(change, item, path),
    opaque: textIn(item, 'biz_opaque_callback_data'),
    error: errorFor(status, item),
    pricing: pricing ? pricingOf(pricing) : null,
    conversation: conversationIn(objectIn(item, 'conversation')),
  })
}

/** In a group each member has a status of their own. Meta's pages spell the member both ways. */
const memberKeys = [
  'recipient_participant_id',
  'participant_recipient_id',
  'recipient_participant_user_id',
] as const

function recipientOf(item: JsonObject): { recipient: string; member?: string } {
  for (const key of memberKeys) {
    const member = idIn(item, key)
    if (member !== null) return { recipient: member, member }
  }
  return { recipient: idIn(item, 'recipient_id') ?? idIn(item, 'recipient_user_id') ?? '' }
}

function errorFor(status: StatusKind, item: JsonObject) {
  const error = errorOf(listIn(item, 'errors'))
  if (error !== null || status !== 'failed') return error
  return { code: 'unknown', title: 'Failed without a reason', detail: null }
}

/** Gupshup writes the same in words of its own. */
export function conversationIn(told: JsonObject | null): StatusConversation | null {
  const id = idIn(told, 'id')
  if (told === null || id === null) return null
  return {
    id,
    origin: textIn(objectIn(told, 'origin'), 'type') ?? textIn(told, 'type'),
    expires_at:
      (timeIn(told, 'expiration_timestamp').at ?? timeIn(told, 'expiresAt').at)?.toISOString() ?? null,
  }
}

function pricingOf(pricing: JsonObject): Pricing {
  return {
    category: textIn(pricing, 'category')?.replaceAll('-', '_') ?? null,
    type: textIn(pricing, 'type'),
    model: textIn(pricing, 'pricing_model'),
    billable: booleanIn(pricing, 'billable'),
  }
}
