import type { Update } from '../callbacks/updates.ts'
import { type Json, objectIn, objectsIn, textIn } from '../json.ts'
import { type GupshupApp, gsIdOf } from '../world/gupshup-apps.ts'
import { gupshupCode } from './word-update.ts'

/**
 * A status as the console's webhooks tell it; undefined for everything else. How `externalId` follows from the id that
 * sending answered is documented nowhere; here it is the same.
 */
export function deliveryEventOf(app: GupshupApp, { content }: Update): Json | undefined {
  if (content.kind !== 'number' || content.list !== 'statuses') return undefined
  const { item } = content
  const eventType = (textIn(item, 'status') ?? '').toUpperCase()
  const error = objectsIn(item, 'errors')[0]
  const pricing = objectIn(item, 'pricing')
  return {
    srcAddr: app.number.phone,
    channel: 'WHATSAPP',
    externalId: gsIdOf(textIn(item, 'id') ?? ''),
    cause: error === undefined ? eventType : textIn(error, 'title'),
    errorCode: error === undefined ? '025' : String(gupshupCode(Number(error.code))),
    destAddr: textIn(item, 'recipient_id'),
    eventType,
    eventTs: Number(item.timestamp) * 1000,
    ...(pricing === undefined ? {} : { pricing: { category: pricing.category } }),
  }
}
