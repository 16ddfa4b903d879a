import type { Json, JsonObject, PastMessage } from '../../fact.ts'
import { type Change, errorOf, timeOf, unknownFact } from './change.ts'
import { contentOf } from './parse-message.ts'
import { idIn, isObject, listIn, objectIn, phoneIn, textIn } from './read-json.ts'
import { storableText } from './storable-text.ts'

const nameLengthMax = 200

/** Field `smb_message_echoes`: what we wrote in the WhatsApp Business app. */
export function parseEchoes(change: Change): void {
  for (const [index, item] of listIn(change.value, 'message_echoes').entries()) {
    const path = `${change.path}.message_echoes[${index}]`
    const externalId = isObject(item) ? idIn(item, 'id') : null
    const type = isObject(item) ? textIn(item, 'type') : null
    const phone = isObject(item) ? phoneIn(item, 'to') : null
    const userId = isObject(item) ? idIn(item, 'to_user_id') : null
    if (!isObject(item) || externalId === null || type === null || (phone ?? userId) === null) {
      change.facts.push(unknownFact(change, type, item))
      continue
    }
    change.facts.push({
      kind: 'echo',
      ...change.origin,
      external_id: externalId,
      to_phone: phone,
      to_user_id: userId,
      at: timeOf(change, item, path),
      type,
      content: contentOf(type, item),
      context_external_id: idIn(objectIn(item, 'context'), 'id'),
    })
  }
}

/** Field `history`: chats from before, thread by thread; their files come later, as messages of their own. */
export function parseHistory(change: Change): void {
  for (const item of listIn(change.value, 'history')) {
    if (!isObject(item)) continue
    for (const thread of listIn(item, 'threads')) parseThread(change, thread)
    const error = errorOf(listIn(item, 'errors'))
    if (error !== null) {
      const told = error.code === declinedCode ? 'DECLINED' : 'ERROR'
      const value = { code: error.code, detail: error.detail ?? error.title }
      change.facts.push({
        kind: 'account',
        ...change.origin,
        field: 'history',
        change: told,
        at: change.at,
        value,
      })
    }
  }
  for (const item of listIn(change.value, 'messages')) parseLateFile(change, item)
}

/** The owner of the number chose not to share it. */
const declinedCode = '2593109'

function parseThread(change: Change, thread: Json): void {
  if (!isObject(thread)) return
  const messages = listIn(thread, 'messages').flatMap((item) => pastMessage(change, item) ?? [])
  const phone = phoneIn(thread, 'id')
  const userId = phone === null ? idIn(thread, 'id') : null
  if (messages.length === 0 || (phone ?? userId) === null) {
    change.facts.push(unknownFact(change, null, thread))
    return
  }
  change.facts.push({ kind: 'history', ...change.origin, phone, user_id: userId, messages })
}

function parseLateFile(change: Change, item: Json): void {
  const message = pastMessage(change, item)
  const side = message?.direction === 'out' ? 'to' : 'from'
  const phone = isObject(item) ? phoneIn(item, side) : null
  const userId = isObject(item) ? idIn(item, `${side}_user_id`) : null
  if (message === null || (phone ?? userId) === null) {
    change.facts.push(unknownFact(change, null, item))
    return
  }
  change.facts.push({ kind: 'history', ...change.origin, phone, user_id: userId, messages: [message] })
}

const pastStatuses = {
  SENT: 'sent',
  DELIVERED: 'delivered',
  READ: 'read',
  PLAYED: 'played',
  ERROR: 'failed',
} as const

function pastMessage(change: Change, item: Json): PastMessage | null {
  const externalId = isObject(item) ? idIn(item, 'id') : null
  const type = isObject(item) ? textIn(item, 'type') : null
  if (!isObject(item) || externalId === null || type === null) return null
  const word = textIn(objectIn(item, 'history_context'), 'status')?.toUpperCase() ?? ''
  const known = Object.entries(pastStatuses).find(([name]) => name === word)
  return {
    external_id: externalId,
    direction: isOurs(change.value, item) ? 'out' : 'in',
    at: timeOf(change, item, change.path),
    type,
    content: contentOf(type, item),
    context_external_id: idIn(objectIn(item, 'context'), 'id'),
    status: known?.[1] ?? null,
  }
}

function isOurs(value: JsonObject, item: JsonObject): boolean {
  const ours = textIn(objectIn(value, 'metadata'), 'display_phone_number')?.replace(/\D/g, '')
  return ours !== undefined && textIn(item, 'from')?.replace(/\D/g, '') === ours
}

/** Field `smb_app_state_sync`: the address book of the app. */
export function parseAddressBook(change: Change): void {
  for (const [index, item] of listIn(change.value, 'state_sync').entries()) {
    const contact = isObject(item) ? objectIn(item, 'contact') : null
    // The owner of the phone typed it.
    const phone = phoneIn({ typed: idIn(contact, 'phone_number')?.replace(/\D/g, '') ?? null }, 'typed')
    const action = isObject(item) ? textIn(item, 'action') : null
    if (!isObject(item) || phone === null || (action !== 'add' && action !== 'remove')) {
      change.facts.push(unknownFact(change, action, item))
      continue
    }
    const name = textIn(contact, 'full_name') ?? textIn(contact, 'first_name')
    const path = `${change.path}.state_sync[${index}].metadata`
    change.facts.push({
      kind: 'address_book',
      ...change.origin,
      action,
      phone,
      name: name === null ? null : storableText(name, nameLengthMax),
      at: timeOf(change, objectIn(item, 'metadata') ?? {}, path),
    })
  }
}
