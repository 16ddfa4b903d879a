import { parseExactly, writeExactly } from '../../providers/index.ts'
import type { EventSource } from './event-source.ts'
import { metaFromGupshup } from './meta-from-gupshup.ts'
import { isObject, type JsonObject, objectIn, objectsIn, textIn } from './read-json.ts'

interface Found {
  envelope: JsonObject
  entry: JsonObject
  change: JsonObject
  /** The message or status within the change; null where the change is one thing as a whole. */
  item: JsonObject | null
  /** It stands alone in its webhook, which can be passed on byte for byte. */
  isAlone: boolean
}

/**
 * The provider's change as it came. Of a webhook with several, the one this event is about: each event is a delivery
 * of its own. null when no webhook told us, its body is not kept any more, or it can't be said in Meta's words.
 */
export function metaChange(source: EventSource): string | null {
  if (source.told === null) return null
  const text = source.told.body.toString('utf8')
  const body = parseBody(text)
  if (body === null) return null
  if (!Array.isArray(body.entry)) {
    const translated = metaFromGupshup(body, source)
    return translated === null ? null : writeExactly(translated)
  }
  const found = findChange(body, source)
  if (found === null) return null
  return found.isAlone ? text : writeExactly(cutOut(found))
}

/** The provider's own words about a status, in Meta's form or in Gupshup's. */
export function itemOfStatus(source: EventSource): JsonObject | null {
  const body = source.told === null ? null : parseBody(source.told.body.toString('utf8'))
  if (body === null) return null
  return Array.isArray(body.entry) ? (findChange(body, source)?.item ?? null) : objectIn(body, 'payload')
}

function parseBody(text: string): JsonObject | null {
  try {
    const body = parseExactly(text)
    return isObject(body) ? body : null
  } catch {
    return null
  }
}

function findChange(envelope: JsonObject, source: EventSource): Found | null {
  const changes = objectsIn(envelope, 'entry').flatMap((entry) =>
    objectsIn(entry, 'changes').map((change) => ({ entry, change })),
  )
  for (const { entry, change } of changes) {
    const match = matchIn(change, source)
    if (match === null) continue
    const isAlone = changes.length === 1 && match.siblings === 1
    return { envelope, entry, change, item: match.item, isAlone }
  }
  return null
}

function matchIn(
  change: JsonObject,
  source: EventSource,
): { item: JsonObject | null; siblings: number } | null {
  const value = objectIn(change, 'value')
  if (!source.type.startsWith('message.'))
    return concerns(change, source) ? { item: null, siblings: 1 } : null
  const items = [...objectsIn(value, 'messages'), ...objectsIn(value, 'statuses')]
  const externalId = textIn(source.data, 'external_message_id')
  const status = textIn(source.data, 'status')
  const item = items.find(
    (one) =>
      [textIn(one, 'id'), textIn(one, 'gs_id')].includes(externalId) && textIn(one, 'status') === status,
  )
  return item === undefined ? null : { item, siblings: items.length }
}

/** Fields of Meta's webhooks by the event that follows from them. */
const fields: Record<string, RegExp> = {
  'template.status_updated': /^message_template_status_update$/,
  'template.category_updated':
    /^(template_category_update|template_correct_category_detection|message_template_status_update)$/,
  'template.quality_updated': /^message_template_(quality|status)_update$/,
  'account.review_updated': /^account_review_update$/,
  'account.status_updated': /^account_update$/,
  'account.tier_updated': /^(phone_number_quality_update|business_capability_update|account_update)$/,
  'account.capability_updated': /^business_capability_update$/,
  'number.name_updated': /^phone_number_name_update$/,
  'number.quality_updated': /^phone_number_quality_update$/,
  'recipient.opted_out': /^(user_preferences|messages)$/,
  'recipient.opted_in': /^(user_preferences|messages)$/,
}

function concerns(change: JsonObject, { type, data }: EventSource): boolean {
  if (fields[type]?.test(textIn(change, 'field') ?? '') !== true) return false
  const named = textIn(objectIn(change, 'value'), 'message_template_id')?.replace('\u0000', '') ?? null
  const wanted = textIn(data, 'external_template_id')
  return named === null || wanted === null || named === wanted
}

function cutOut({ envelope, entry, change, item }: Found): JsonObject {
  const value = objectIn(change, 'value')
  const { messages, statuses, ...rest } = value
  const kind = Array.isArray(statuses) && statuses.includes(item) ? 'statuses' : 'messages'
  const whole = item === null ? value : { ...rest, [kind]: [item] }
  return { ...envelope, entry: [{ ...entry, changes: [{ ...change, value: whole }] }] }
}
