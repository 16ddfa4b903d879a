import type { EventSource } from './event-source.ts'
import { isItemOf } from './meta-match.ts'
import { type JsonObject, objectIn, objectsIn, present, textIn } from './read-json.ts'

/**
 * A Gupshup v2 webhook in Meta's words, as Gupshup's own v3 would have it (`gs_id`, `gs_app_id`). Only what loses
 * nothing by it: statuses, plain text and preferences. Files (Gupshup gives an address, Meta an id), taps and lists are
 * left out, and what it tells of accounts and templates in words of its own.
 */
export function metaFromGupshup(body: JsonObject, source: EventSource): JsonObject | null {
  const { app } = source
  const type = textIn(body, 'type')
  const told = changeOf(type, objectIn(body, 'payload'), source)
  if (told === null) return null
  const field = type === 'preference-event' ? 'user_preferences' : 'messages'
  const metadata = app.phone === null ? {} : { metadata: { display_phone_number: app.phone } }
  const value = { messaging_product: 'whatsapp', ...metadata, ...told }
  return present({
    object: 'whatsapp_business_account',
    entry: [{ changes: [{ field, value }] }],
    gs_app_id: textIn(body, 'appId') ?? app.id,
  })
}

function changeOf(type: string | null, payload: JsonObject, source: EventSource): JsonObject | null {
  switch (type) {
    case 'message-event':
      return statusOf(payload, source.at)
    case 'message':
      return textMessageOf(payload, source.at)
    case 'preference-event':
      return preferenceOf(payload, source)
    default:
      return null
  }
}

function preferenceOf(payload: JsonObject, source: EventSource): JsonObject | null {
  const all = objectsIn(objectIn(payload, 'payload'), 'user_preferences').map(({ userid, ...rest }) =>
    present({ ...rest, user_id: userid }),
  )
  const preference = all.find((one) => isItemOf(one, source))
  if (preference === undefined) return null
  const person = present({ wa_id: textIn(preference, 'wa_id'), user_id: textIn(preference, 'user_id') })
  return { contacts: [person], user_preferences: [preference] }
}

const statuses = new Set(['sent', 'delivered', 'read', 'failed'])

function statusOf(payload: JsonObject, at: Date): JsonObject | null {
  const status = textIn(payload, 'type')
  if (status === null || !statuses.has(status)) return null
  const inner = objectIn(payload, 'payload')
  const conversation = objectIn(payload, 'conversation')
  const pricing = objectIn(payload, 'pricing')
  const code = textIn(inner, 'code')
  return {
    statuses: [
      present({
        id: textIn(payload, 'id'),
        gs_id: textIn(payload, 'gsId'),
        status,
        timestamp: textIn(inner, 'ts') ?? String(Math.floor(at.getTime() / 1000)),
        recipient_id: textIn(payload, 'destination'),
        conversation:
          textIn(conversation, 'id') === null
            ? null
            : present({
                id: textIn(conversation, 'id'),
                expiration_timestamp: textIn(conversation, 'expiresAt'),
                origin: { type: textIn(conversation, 'type') },
              }),
        pricing:
          textIn(pricing, 'category') === null
            ? null
            : { pricing_model: textIn(pricing, 'policy'), category: textIn(pricing, 'category') },
        errors: code === null ? null : [{ code: Number(code), title: textIn(inner, 'reason') ?? '' }],
      }),
    ],
  }
}

function textMessageOf(payload: JsonObject, at: Date): JsonObject | null {
  const inner = objectIn(payload, 'payload')
  const text = textIn(inner, 'text')
  if (textIn(payload, 'type') !== 'text' || text === null || textIn(inner, 'type') === 'button') return null
  const sender = objectIn(payload, 'sender')
  const context = objectIn(payload, 'context')
  const from = textIn(payload, 'source')
  return {
    contacts: [present({ profile: { name: textIn(sender, 'name') ?? '' }, wa_id: from })],
    messages: [
      present({
        from,
        id: textIn(payload, 'id'),
        timestamp: String(Math.floor(at.getTime() / 1000)),
        type: 'text',
        text: { body: text },
        context:
          textIn(context, 'id') === null
            ? null
            : present({ id: textIn(context, 'id'), gs_id: textIn(context, 'gsId') }),
      }),
    ],
  }
}
