import { createHash } from 'node:crypto'
import type { Json, JsonObject } from '../../fact.ts'
import { type Change, timeOf, unknownFact } from './change.ts'
import { idIn, isObject, listIn, phoneIn, textIn } from './read-json.ts'

/** Fields `group_*`: a group was made, changed or ended, or people came and went. */
export function parseGroupChanges(change: Change): void {
  for (const [index, item] of listIn(change.value, 'groups').entries()) {
    const path = `${change.path}.groups[${index}]`
    const groupId = isObject(item) ? idIn(item, 'group_id') : null
    if (!isObject(item) || groupId === null) {
      change.facts.push(unknownFact(change, isObject(item) ? textIn(item, 'type') : null, item))
      continue
    }
    const type = textIn(item, 'type') ?? change.field
    change.facts.push({
      kind: 'group',
      ...change.origin,
      external_id: nameOf(item),
      group_id: groupId,
      change: type,
      reason: textIn(item, 'reason'),
      subject: textIn(item, 'subject') ?? textIn(item, 'group_subject'),
      members: membersIn(item),
      at: timeOf(change, item, path),
    })
  }
}

/** Meta gives such news no id; its content is one. */
function nameOf(item: JsonObject): string {
  const said = JSON.stringify(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return `group-${createHash('sha256').update(said).digest('base64url').slice(0, 32)}`
}

/** Meta's pages show `added_participants`; whoever leaves stands in a list that is called alike. */
function membersIn(item: JsonObject) {
  const lists = Object.entries(item).filter(([key]) => key.endsWith('participants'))
  return lists.flatMap(([, list]) => (Array.isArray(list) ? list : [])).flatMap(memberIn)
}

function memberIn(item: Json): { phone: string | null; user_id: string | null }[] {
  if (!isObject(item)) return []
  const member = { phone: phoneIn(item, 'wa_id') ?? phoneIn(item, 'input'), user_id: idIn(item, 'user_id') }
  return member.phone === null && member.user_id === null ? [] : [member]
}
