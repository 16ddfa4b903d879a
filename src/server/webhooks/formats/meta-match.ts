import type { EventSource } from './event-source.ts'
import { type JsonObject, objectIn, objectsIn, textIn } from './read-json.ts'

/** The part of a webhook that an event is about. */
export interface Found {
  entry: JsonObject
  change: JsonObject
  /** The message, status or preference within the change; null where the change is one thing as a whole. */
  item: { list: ItemList; value: JsonObject } | null
  /** It stands alone in its webhook, which can be passed on byte for byte. */
  isAlone: boolean
}

const itemLists = ['messages', 'message_echoes', 'statuses', 'user_preferences'] as const
type ItemList = (typeof itemLists)[number]

/** Fields of Meta's webhooks by the event that follows from them; the others are of the list `messages`. */
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
}

/** null when the webhook says nothing of the event. Of several parts that could be meant, the one that says the same. */
export function findChange(envelope: JsonObject, source: EventSource): Found | null {
  const changes = objectsIn(envelope, 'entry').flatMap((entry) =>
    objectsIn(entry, 'changes').map((change) => ({ entry, change })),
  )
  if (fields[source.type] === undefined) return findItem(changes, source)
  const candidates = changes.filter((one) => isOfSubject(one, source))
  const found = candidates.find(({ change }) => saysTheSame(change, source)) ?? candidates[0]
  return found === undefined ? null : { ...found, item: null, isAlone: changes.length === 1 }
}

function findItem(
  changes: readonly { entry: JsonObject; change: JsonObject }[],
  source: EventSource,
): Found | null {
  const items = changes.flatMap(({ entry, change }) => {
    const value = objectIn(change, 'value')
    const listed = itemLists.flatMap((list) => objectsIn(value, list).map((one) => ({ list, value: one })))
    return listed.map((item) => ({ entry, change, item }))
  })
  const found = items.find(({ item }) => isItemOf(item.value, source)) ?? onlyOne(items, source)
  return found === undefined ? null : { ...found, isAlone: changes.length === 1 && items.length === 1 }
}

/** A week after sending, Gupshup calls a message by WhatsApp's id only: what this webhook tells is about it all the same. */
function onlyOne<One extends { item: { value: JsonObject } }>(
  items: readonly One[],
  { told, data }: EventSource,
): One | undefined {
  const [only] = items
  if (told?.provider !== 'gupshup' || only === undefined || items.length > 1) return undefined
  const isStatus = textIn(only.item.value, 'gs_id') === null && textIn(only.item.value, 'status') !== null
  return isStatus && textIn(only.item.value, 'status') === textIn(data, 'status') ? only : undefined
}

/** Whether the event is about this message, status or preference. */
export function isItemOf(item: JsonObject, { data }: EventSource): boolean {
  const externalId = textIn(data, 'external_message_id')
  if (externalId !== null) {
    const isNamed = [textIn(item, 'id'), textIn(item, 'gs_id')].includes(externalId)
    // What was written in the Business app comes as a message: that it was sent is all there is to say of it.
    const [told, wanted] = [textIn(item, 'status'), textIn(data, 'status')]
    return isNamed && (told === wanted || (told === null && wanted === 'sent'))
  }
  // Somebody told WhatsApp, and not us, that they want no more messages.
  const word = data.event === 'recipient.opted_out' ? 'stop' : 'resume'
  const isPerson = [textIn(item, 'wa_id'), textIn(item, 'user_id')].some(
    (id) => id !== null && [digits(textIn(data, 'from')), textIn(data, 'from_user_id')].includes(id),
  )
  return isPerson && textIn(item, 'value') === word
}

/** Whether it is about the account, number or template of the event, in a field that the event can follow from. */
function isOfSubject(
  { entry, change }: { entry: JsonObject; change: JsonObject },
  { type, data, app }: EventSource,
): boolean {
  if (fields[type]?.test(textIn(change, 'field') ?? '') !== true) return false
  const value = objectIn(change, 'value')
  return (
    // PARTNER_ADDED and its like stand under the id of the portfolio, with the account's own inside.
    isSame(textIn(objectIn(value, 'waba_info'), 'waba_id') ?? textIn(entry, 'id'), textIn(data, 'waba_id')) &&
    isSame(idIn(value, 'message_template_id'), textIn(data, 'external_template_id')) &&
    isSame(digits(textIn(value, 'display_phone_number')), app.phone)
  )
}

/** Where one of both is not known, nothing speaks against it. */
function isSame(named: string | null, wanted: string | null): boolean {
  return named === null || wanted === null || named === wanted
}

/** The words of ours for what Meta says in `account_update`. */
const accountWords: Record<string, string> = {
  ACCOUNT_VIOLATION: 'violation',
  ACCOUNT_RESTRICTION: 'restricted',
  ACCOUNT_DELETED: 'disabled',
  DISABLE: 'disabled',
  REINSTATE: 'reinstated',
  VERIFIED_ACCOUNT: 'verified',
  ACCOUNT_VERIFIED: 'verified',
}

/** Two changes of one subject may come in one webhook: this tells them apart. */
function saysTheSame(change: JsonObject, { type, data }: EventSource): boolean {
  const value = objectIn(change, 'value')
  const word = textIn(value, 'event')
  switch (type) {
    case 'template.status_updated':
      return word === textIn(data, 'status')
    case 'template.category_updated': {
      const [said, coming] = [textIn(value, 'correct_category'), textIn(data, 'correct_category')]
      return said === coming && (said !== null || textIn(value, 'new_category') === textIn(data, 'category'))
    }
    case 'template.quality_updated':
      return textIn(value, 'new_quality_score') === textIn(data, 'quality')
    case 'account.review_updated':
      return textIn(value, 'decision') === textIn(data, 'status')
    case 'account.status_updated':
      return saysTheSameOfAccount(value, data)
    case 'account.tier_updated':
    case 'number.quality_updated':
      return word === textIn(data, 'change')
    case 'number.name_updated':
      return textIn(value, 'decision')?.toLowerCase() === textIn(data, 'status')
    default:
      return false
  }
}

function saysTheSameOfAccount(value: JsonObject, data: JsonObject): boolean {
  const told = textIn(objectIn(value, 'ban_info'), 'waba_ban_state') ?? textIn(value, 'event') ?? ''
  if (textIn(data, 'status') === 'other') return told === textIn(data, 'change')
  const violation = textIn(objectIn(value, 'violation_info'), 'violation_type')
  return accountWords[told] === textIn(data, 'status') && isSame(violation, textIn(data, 'violation_type'))
}

/** A long id is marked while it is taken apart. */
function idIn(value: JsonObject, key: string): string | null {
  return textIn(value, key)?.replace('\u0000', '') ?? null
}

function digits(phone: string | null): string | null {
  return phone?.replace(/\D/g, '') ?? null
}

/** The envelope with this part alone. */
export function cutOut(envelope: JsonObject, { entry, change, item }: Found): JsonObject {
  const value = objectIn(change, 'value')
  const alone = item === null ? value : withItemOnly(value, item)
  return { ...envelope, entry: [{ ...entry, changes: [{ ...change, value: alone }] }] }
}

/** People who wrote beside this one are none of its concern. */
function withItemOnly(value: JsonObject, item: { list: ItemList; value: JsonObject }): JsonObject {
  const others = Object.entries(value).filter(([key]) => !itemLists.some((list) => list === key))
  const rest = Object.fromEntries(others)
  const own = [
    'from',
    'from_user_id',
    'recipient_id',
    'recipient_user_id',
    'to',
    'to_user_id',
    'wa_id',
    'user_id',
  ].map((key) => textIn(item.value, key))
  const people = objectsIn(value, 'contacts').filter((one) =>
    ['wa_id', 'user_id'].some((key) => textIn(one, key) !== null && own.includes(textIn(one, key))),
  )
  return { ...rest, ...(people.length > 0 ? { contacts: people } : {}), [item.list]: [item.value] }
}
