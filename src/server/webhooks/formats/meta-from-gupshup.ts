import type { EventSource } from './event-source.ts'
import { type JsonObject, objectIn, present, textIn } from './read-json.ts'

/**
 * A Gupshup v2 webhook in Meta's words, as Gupshup's own v3 would have it (`gs_id`, `gs_app_id`). Only what loses
 * nothing by it: statuses and plain text. Files (Gupshup gives an address, Meta an id), taps and lists are left out.
 */
export function metaFromGupshup(body: JsonObject, { at, app }: EventSource): JsonObject | null {
  const value = changeOf(textIn(body, 'type'), objectIn(body, 'payload'), at)
  if (value === null) return null
  const metadata = app.phone === null ? {} : { metadata: { display_phone_number: app.phone } }
  return present({
    object: 'whatsapp_business_account',
    entry: [
      { changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', ...metadata, ...value } }] },
    ],
    gs_app_id: textIn(body, 'appId') ?? app.id,
  })
}

function changeOf(type: string | null, payload: JsonObject, at: Date): JsonObject | null {
  if (type === 'message-event') return statusOf(payload, at)
  return type === 'message' ? textMessageOf(payload, at) : null
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
