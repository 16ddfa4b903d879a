import { envelopeOf, type Update } from '../callbacks/updates.ts'
import { type Json, objectIn, textIn } from '../json.ts'
import { type GupshupApp, gsIdOf } from '../world/gupshup-apps.ts'

/** v3: Meta's own body, with Gupshup's ids beside Meta's. */
export function passThrough(app: GupshupApp, update: Update, isBare: boolean): Json {
  return { ...envelopeOf([named(update, isBare)]), gs_app_id: app.id }
}

function named(update: Update, isBare: boolean): Update {
  const { content } = update
  if (content.kind === 'value' || isBare) return update
  return { ...update, content: { ...content, item: namedItem(content.list, content.item) } }
}

function namedItem(list: string, item: Json): Json {
  if (list === 'statuses') return { ...item, gs_id: gsIdOf(textIn(item, 'id') ?? '') }
  const context = objectIn(item, 'context')
  const quoted = textIn(context, 'id')
  return quoted === undefined ? item : { ...item, context: { ...context, gs_id: gsIdOf(quoted) } }
}

/** Gupshup's own status: its time is a number in milliseconds, and it names no number. */
export function enqueuedPassThrough(app: GupshupApp, wamid: string, destination: string): Json {
  const status = {
    gs_id: gsIdOf(wamid),
    id: wamid,
    recipient_id: destination,
    status: 'enqueued',
    timestamp: Date.now(),
  }
  return statusBody(app, status)
}

export function failedPassThrough(
  app: GupshupApp,
  failed: { id: string; destination: string; code: number; reason: string },
): Json {
  const { id, destination, code, reason } = failed
  const errors = [{ code, title: reason }]
  return statusBody(app, {
    gs_id: id,
    id,
    recipient_id: destination,
    status: 'failed',
    timestamp: Date.now(),
    errors,
  })
}

function statusBody(app: GupshupApp, status: Json): Json {
  const value = { messaging_product: 'whatsapp', statuses: [status] }
  const entry = [{ changes: [{ field: 'messages', value }] }]
  return { object: 'whatsapp_business_account', entry, gs_app_id: app.id }
}
