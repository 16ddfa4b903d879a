import type { JsonObject } from '../../fact.ts'
import { unknownFact } from '../../meta/parse/change.ts'
import { idIn, objectIn, phoneIn, textIn } from '../../meta/parse/read-json.ts'
import { storableText } from '../../meta/parse/storable-text.ts'
import type { GupshupEvent } from './event.ts'
import { contentOf } from './message-content.ts'

const nameLengthMax = 256

/** Type `message`: somebody wrote. Its content is told in Meta's form. */
export function parseMessage(event: GupshupEvent): void {
  const { value, origin, facts, problems, path } = event
  const externalId = idIn(value, 'id')
  const type = textIn(value, 'type')
  if (externalId === null || type === null) {
    if (externalId === null) problems.add(path, 'A message without id was kept as unknown.')
    facts.push(unknownFact(event, type, value))
    return
  }
  if (type === 'reaction' && parseReaction(event, externalId)) return
  facts.push({
    kind: 'message',
    ...origin,
    external_id: externalId,
    from_phone: phoneOf(value),
    from_user_id: userIdOf(value),
    ...namesOf(value),
    at: event.at,
    ...contentOf(type, value),
    context_external_id: namedIn(objectIn(value, 'context')),
    opens_window: true,
    group_id: null,
  })
}

/** Our own id of a message is the better name: WhatsApp's may not be known here yet. */
function namedIn(context: JsonObject | null): string | null {
  return idIn(context, 'gsId') ?? idIn(context, 'id')
}

/** False when it names no message: then it is kept like any other type. */
function parseReaction(event: GupshupEvent, externalId: string): boolean {
  const { value, origin, facts, at } = event
  const reaction = objectIn(value, 'payload')
  const context = objectIn(value, 'context')
  const target = idIn(reaction, 'gsId') ?? idIn(reaction, 'msgId') ?? idIn(reaction, 'id') ?? namedIn(context)
  if (target === null) return false
  facts.push({
    kind: 'reaction',
    ...origin,
    external_id: externalId,
    from_phone: phoneOf(value),
    from_user_id: userIdOf(value),
    ...namesOf(value),
    group_id: null,
    at,
    target_external_id: target,
    emoji: textIn(reaction, 'emoji') ?? '',
  })
  return true
}

function namesOf(message: JsonObject): { username: string | null; profile_name: string | null } {
  const sender = objectIn(message, 'sender')
  const name = textIn(sender, 'name')
  return {
    username: textIn(sender, 'username')?.replace(/^@/, '') ?? null,
    profile_name: name === null ? null : storableText(name, nameLengthMax),
  }
}

function phoneOf(message: JsonObject): string | null {
  return phoneIn(message, 'source') ?? phoneIn(objectIn(message, 'sender'), 'phone')
}

/** Gupshup's pages spell the key in several ways. */
const userIdKeys = ['user_id', 'userid', 'userId'] as const

function userIdOf(message: JsonObject): string | null {
  const sender = objectIn(message, 'sender')
  for (const key of userIdKeys) {
    const id = idIn(sender, key) ?? idIn(message, key)
    if (id !== null) return id
  }
  return null
}
