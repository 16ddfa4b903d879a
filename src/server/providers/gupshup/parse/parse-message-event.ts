import { type JsonObject, type Pricing, type StatusKind, statusKinds } from '../../fact.ts'
import { unknownFact } from '../../meta/parse/change.ts'
import { conversationIn } from '../../meta/parse/parse-status.ts'
import { idIn, objectIn, phoneIn, textIn, timeIn } from '../../meta/parse/read-json.ts'
import type { ProviderError } from '../../provider-error.ts'
import { failureCode } from '../error-codes.ts'
import type { GupshupEvent } from './event.ts'

/**
 * Type `message-event`: what became of a message of ours. `gsId` is the id that sending answered; before WhatsApp has
 * the message, that stands in `id`, and a week later it is left out: neither can be told by its form.
 */
export function parseMessageEvent(event: GupshupEvent): void {
  const { value, origin, facts } = event
  const word = textIn(value, 'type')?.toLowerCase()
  const status = statusKinds.find((kind) => kind === word)
  const id = idIn(value, 'id')
  const gsId = idIn(value, 'gsId')
  const externalId = gsId ?? id
  if (word === 'deleted' && parseDeletion(event, id)) return
  if (status === undefined || externalId === null) {
    facts.push(unknownFact(event, word ?? null, value))
    return
  }
  const details = objectIn(value, 'payload') ?? {}
  facts.push({
    kind: 'status',
    ...origin,
    external_id: externalId,
    whatsapp_id: whatsappIdOf(status, { id, gsId, details }),
    status,
    recipient: idIn(value, 'destination') ?? '',
    recipient_user_id: idIn(value, 'user_id') ?? idIn(value, 'userid'),
    at: timeIn(details, 'ts').at ?? event.at,
    opaque: null,
    error: status === 'failed' ? errorIn(details) : null,
    pricing: pricingIn(objectIn(value, 'pricing')),
    conversation: conversationIn(objectIn(value, 'conversation')),
  })
}

/** `deleted` is about a message that the person wrote; false when it doesn't say whose. */
function parseDeletion({ value, origin, facts, at }: GupshupEvent, id: string | null): boolean {
  const phone = phoneIn(value, 'destination') ?? phoneIn(value, 'source')
  if (id === null || phone === null) return false
  facts.push({
    ...{ kind: 'message', ...origin, external_id: `deleted-${id}`, type: 'revoke', at },
    ...{ from_phone: phone, from_user_id: null, username: null, profile_name: null, group_id: null },
    ...{ content: { revoke: { original_message_id: id } }, context_external_id: null, opens_window: false },
  })
  return true
}

function whatsappIdOf(
  status: StatusKind,
  { id, gsId, details }: { id: string | null; gsId: string | null; details: JsonObject },
): string | null {
  if (status === 'enqueued') return idIn(details, 'whatsappMessageId')
  // A failure names any id: WhatsApp may never have had the message.
  return gsId === null || status === 'failed' ? null : id
}

/** The code counts; the words are spelt differently from one event to the next. */
export function errorIn(details: JsonObject): ProviderError {
  const code = idIn(details, 'code') ?? idIn(details, 'errorCode')
  const reason = textIn(details, 'reason')
  return {
    code: code === null ? 'unknown' : failureCode(code),
    title: reason ?? 'Failed without a reason',
    detail: null,
  }
}

export function pricingIn(pricing: JsonObject | null): Pricing | null {
  const category = textIn(pricing, 'category')
  if (category === null) return null
  return { category, type: null, model: textIn(pricing, 'policy'), billable: null }
}
