import type { Update } from '../callbacks/updates.ts'
import { isJson, type Json, objectIn, objectsIn, textIn } from '../json.ts'
import { type GupshupApp, gsIdOf } from '../world/gupshup-apps.ts'
import { wordAccount } from './word-account.ts'
import { wordContent } from './word-content.ts'
import { wordTemplateNews } from './word-template-news.ts'

export type GupshupEvent = Record<string, unknown>

interface Wording {
  /** Leaves Gupshup's own id out. */
  isBare: boolean
  /** Whether WhatsApp's id names a message of the business. */
  isOurs: (wamid: string) => boolean
  emulatorUrl: string
}

/** Meta's news in Gupshup's v2 words; nothing for what Gupshup doesn't pass on. */
export function wordUpdate(app: GupshupApp, update: Update, wording: Wording): { events: GupshupEvent[] } {
  const { content, field } = update
  if (content.kind === 'value') {
    const value = isJson(content.value) ? content.value : {}
    const template = wordTemplateNews(field, value)
    if (template !== undefined) return { events: [envelope(app, 'template-event', template)] }
    const account = wordAccount(field, value)
    return { events: account === undefined ? [] : [envelope(app, 'account-event', account)] }
  }
  if (content.list === 'statuses') {
    return { events: [envelope(app, 'message-event', wordStatus(content.item, wording.isBare))] }
  }
  if (content.list === 'messages') {
    const payload = wordMessage(app, content.item, content.contact, wording)
    return { events: [envelope(app, 'message', payload)] }
  }
  if (content.list !== 'user_preferences') return { events: [] }
  const { user_id: userid, ...rest } = content.item
  const user_preferences = [{ ...rest, userid }]
  const payload = { type: 'user_preferences', payload: { user_preferences } }
  return { events: [envelope(app, 'preference-event', payload)] }
}

export function envelope(app: GupshupApp, type: string, payload: object): GupshupEvent {
  const { name, id, number } = app
  return { app: name, appId: id, phone: number.phone, timestamp: Date.now(), version: 2, type, payload }
}

/** Before WhatsApp has the message, Gupshup's id stands in `id`. */
export function enqueuedEvent(
  app: GupshupApp,
  wamid: string,
  sent: { destination: string; type: string },
): GupshupEvent {
  const payload = { whatsappMessageId: wamid, type: sent.type }
  return envelope(app, 'message-event', {
    id: gsIdOf(wamid),
    type: 'enqueued',
    destination: sent.destination,
    payload,
  })
}

export function failedEvent(
  app: GupshupApp,
  failed: { id: string; destination: string; code: number; reason: string },
): GupshupEvent {
  const { id, destination, code, reason } = failed
  return envelope(app, 'message-event', {
    id,
    type: 'failed',
    destination,
    payload: { code: gupshupCode(code), reason },
  })
}

/** Codes that Gupshup has its own word for. */
const OWN_CODES = new Map([
  [131026, 1002],
  [131047, 470],
  [132001, 4003],
  [132015, 4005],
])

export function gupshupCode(code: number): number {
  return OWN_CODES.get(code) ?? code
}

function wordStatus(item: Json, isBare: boolean): Json {
  const wamid = textIn(item, 'id') ?? ''
  const type = textIn(item, 'status') ?? ''
  const error = objectsIn(item, 'errors')[0]
  const reason = textIn(error, 'title') ?? ''
  const payload =
    error === undefined ? { ts: Number(item.timestamp) } : { code: gupshupCode(Number(error.code)), reason }
  const pricing = type === 'sent' ? objectIn(item, 'pricing') : undefined
  return {
    id: wamid,
    ...(isBare ? {} : { gsId: gsIdOf(wamid) }),
    type,
    destination: textIn(item, 'recipient_id'),
    payload,
    ...(pricing === undefined ? {} : { pricing: { policy: 'PMP', category: pricing.category } }),
  }
}

function wordMessage(app: GupshupApp, item: Json, contact: Json | undefined, wording: Wording): Json {
  const phone = textIn(item, 'from')
  const quoted = textIn(objectIn(item, 'context'), 'id')
  const name = textIn(objectIn(contact, 'profile'), 'name')
  return {
    id: textIn(item, 'id'),
    ...(phone === undefined ? {} : { source: phone }),
    ...wordContent(app, item, wording),
    sender: {
      ...(phone === undefined ? {} : { phone, country_code: phone.slice(0, 2), dial_code: phone.slice(2) }),
      ...(name === undefined ? {} : { name }),
      ...(item.from_user_id === undefined ? {} : { userid: item.from_user_id }),
    },
    ...(quoted === undefined ? {} : { context: named(quoted, wording) }),
  }
}

/** WhatsApp's id of a message, and Gupshup's where it is the business' own. */
function named(wamid: string, { isOurs, isBare }: Wording): Json {
  return { id: wamid, ...(isOurs(wamid) && !isBare ? { gsId: gsIdOf(wamid) } : {}) }
}
