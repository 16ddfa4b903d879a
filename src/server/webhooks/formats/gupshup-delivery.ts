import type { EventSource } from './event-source.ts'
import { itemOfStatus } from './meta-change.ts'
import { type JsonObject, objectIn, present, textIn } from './read-json.ts'

/** `025` is in Gupshup's sample; the others are those of its delivery reports. Read 2026-05-21. */
const causes: Record<string, { cause: string; errorCode: string }> = {
  sent: { cause: 'SENT', errorCode: '025' },
  delivered: { cause: 'SUCCESS', errorCode: '000' },
  read: { cause: 'READ', errorCode: '026' },
}

/** The status of a message as the console's "Delivery Events" say it; null for what they have no word for. */
export function gupshupDeliveryEvent(source: EventSource): JsonObject | null {
  const { data, at, app } = source
  const status = textIn(data, 'status')
  if (source.type === 'message.received' || status === null) return null
  const error = objectIn(data, 'error')
  const outcome =
    status === 'failed'
      ? { cause: textIn(error, 'title') ?? 'FAILED', errorCode: codeOf(error) ?? '003' }
      : causes[status]
  if (outcome === undefined) return null
  const category = textIn(data, 'pricing_category')
  return present({
    srcAddr: app.phone,
    channel: 'WHATSAPP',
    hsmTemplateId: source.templateExternalId,
    externalId: textIn(data, 'external_message_id') ?? textIn(data, 'message_id'),
    ...outcome,
    destAddr: textIn(data, 'to')?.replace(/^\+/, ''),
    eventType: status.toUpperCase(),
    eventTs: at.getTime(),
    conversation: conversationOf(source),
    pricing: category === null ? null : { category },
  })
}

/** The provider's own: Parley tells Gupshup's codes from Meta's by a prefix. */
function codeOf(error: JsonObject): string | null {
  return textIn(error, 'code')?.replace(/^gupshup\./, '') ?? null
}

/** Not in our payload: read from the webhook that told the status, while its body is kept. */
function conversationOf(source: EventSource): JsonObject | null {
  const conversation = objectIn(itemOfStatus(source) ?? {}, 'conversation')
  const id = textIn(conversation, 'id')
  if (id === null) return null
  const expiry = textIn(conversation, 'expiration_timestamp') ?? textIn(conversation, 'expiresAt')
  const type = textIn(objectIn(conversation, 'origin'), 'type') ?? textIn(conversation, 'type')
  return present({
    expiration_timestamp: expiry === null ? null : Number(expiry),
    origin: type === null ? null : { type },
    id,
  })
}
