import type { Json, JsonObject, MessageFact } from '../../fact.ts'
import { type Change, timeOf, unknownFact } from './change.ts'
import { idIn, isObject, listIn, objectIn, phoneIn, textIn } from './read-json.ts'
import { storableText } from './storable-text.ts'

/** Types whose object stands under their own name and is kept as it is. */
const knownTypes = new Set([
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'button',
  'interactive',
  'order',
  'system',
  'edit',
  'revoke',
  'reaction',
  'unsupported',
])
/** Reported by WhatsApp in the chat; the person did not write. */
const silentTypes = new Set(['system', 'edit', 'revoke'])
/** Said beside the content, and kept with it. */
const companions = ['referral', 'errors'] as const

/** One element of `value.messages`. */
export function parseMessage(change: Change, item: Json, path: string): void {
  if (!isObject(item)) {
    change.problems.add(path, 'A message that is no object was set aside.')
    return
  }
  const externalId = idIn(item, 'id')
  const type = textIn(item, 'type')
  if (externalId === null || type === null) {
    if (externalId === null) change.problems.add(path, 'A message without id was kept as unknown.')
    change.facts.push(unknownFact(change, type, item))
    return
  }
  if (type === 'reaction' && parseReaction(change, item, path)) return
  change.facts.push(messageFact(change, item, { externalId, type, path }))
  if (type === 'system') parseSystemChange(change, item, path)
}

function messageFact(
  change: Change,
  item: JsonObject,
  { externalId, type, path }: { externalId: string; type: string; path: string },
): MessageFact {
  const person = personOf(change, item)
  return {
    kind: 'message',
    ...change.origin,
    external_id: externalId,
    from_phone: person.phone,
    from_user_id: person.userId,
    username: person.username,
    profile_name: person.name,
    at: timeOf(change, item, path),
    type,
    content: contentOf(type, item),
    context_external_id: idIn(objectIn(item, 'context'), 'id'),
    opens_window: !silentTypes.has(type),
    group_id: idIn(item, 'group_id'),
  }
}

/** What an item says, in the form in which messages keep it. */
export function contentOf(type: string, item: JsonObject): MessageFact['content'] {
  const content = ownContent(type, item)
  for (const name of companions) {
    if (item[name] !== undefined) content[name] = item[name]
  }
  const product = isObject(item.context) ? item.context.referred_product : undefined
  if (product !== undefined) content.referred_product = product
  return content
}

/** Meta's object under the name of the type; of a type we don't know, all that came. */
function ownContent(type: string, item: JsonObject): MessageFact['content'] {
  const own = item[type]
  if (type === 'text') {
    const body = isObject(own) ? own.body : undefined
    return isObject(own) && typeof body === 'string' ? { text: { ...own, body } } : { raw: item }
  }
  const isKept = knownTypes.has(type) && (isObject(own) || Array.isArray(own))
  return isKept ? { [type]: own } : { raw: item }
}

/** False when it names no message: then it is kept like any other type. */
function parseReaction(change: Change, item: JsonObject, path: string): boolean {
  const reaction = objectIn(item, 'reaction')
  const target = idIn(reaction, 'message_id')
  const externalId = idIn(item, 'id')
  if (target === null || externalId === null) return false
  const person = personOf(change, item)
  change.facts.push({
    kind: 'reaction',
    ...change.origin,
    external_id: externalId,
    from_phone: person.phone,
    from_user_id: person.userId,
    username: person.username,
    profile_name: person.name,
    group_id: idIn(item, 'group_id'),
    at: timeOf(change, item, path),
    target_external_id: target,
    emoji: textIn(reaction, 'emoji') ?? '',
  })
  return true
}

/** A new phone or user id: `from` and `from_user_id` are the old ones. */
function parseSystemChange(change: Change, item: JsonObject, path: string): void {
  const system = objectIn(item, 'system')
  const newPhone = phoneIn(system, 'wa_id') ?? phoneIn(system, 'new_wa_id')
  const newUserId = idIn(system, 'user_id')
  if (newPhone === null && newUserId === null) return
  change.facts.push({
    kind: 'contact_change',
    ...change.origin,
    external_id: idIn(item, 'id'),
    old_phone: phoneIn(item, 'from'),
    new_phone: newPhone,
    old_user_id: idIn(item, 'from_user_id'),
    new_user_id: newUserId,
    at: timeOf(change, item, path),
  })
}

export interface Person {
  phone: string | null
  userId: string | null
  username: string | null
  name: string | null
}

/** Who wrote, with the entry of `value.contacts` that is about them; a batch may hold several people. */
function personOf(change: Change, item: JsonObject): Person {
  return personCalled(change, { phone: phoneIn(item, 'from'), userId: idIn(item, 'from_user_id') })
}

export function personCalled(
  change: Change,
  { phone, userId }: { phone: string | null; userId: string | null },
): Person {
  const contacts = listIn(change.value, 'contacts').filter(isObject)
  const contact =
    contacts.find((each) => userId !== null && idIn(each, 'user_id') === userId) ??
    contacts.find((each) => phone !== null && phoneIn(each, 'wa_id') === phone) ??
    (phone === null && userId === null ? soleOf(contacts) : null)
  const profile = contact ? objectIn(contact, 'profile') : null
  const name = textIn(profile, 'name')
  return {
    phone: phone ?? phoneIn(contact, 'wa_id'),
    userId: userId ?? idIn(contact, 'user_id'),
    username: textIn(profile, 'username')?.replace(/^@/, '') ?? null,
    name: name === null ? null : storableText(name, nameLengthMax),
  }
}

/** An item that names nobody is about the only person of its webhook. */
function soleOf(contacts: readonly JsonObject[]): JsonObject | null {
  const [only, ...others] = contacts
  return only === undefined || others.length > 0 ? null : only
}

const nameLengthMax = 256
