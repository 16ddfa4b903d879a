import type { Fact, Json, JsonObject } from '../../fact.ts'
import { parseMetaRoot } from '../../meta/parse/parse-webhook.ts'
import { Problems } from '../../meta/parse/problem.ts'
import { idIn, isObject, listIn, objectIn } from '../../meta/parse/read-json.ts'
import { failureCode } from '../error-codes.ts'
import { type Surroundings, unnamed } from './event.ts'
import { parseBillingEvent } from './parse-billing-event.ts'
import { parsePlatformEvent } from './parse-platform-event.ts'

/**
 * v3: Meta's body with Gupshup's ids beside Meta's. `gs_id` is what sending answered, so it takes the place of `id`;
 * accounts and numbers are left out, because ours are Gupshup's.
 */
export function parsePassthrough(root: JsonObject, { facts, problems }: Surroundings): void {
  const whatsappIds = new Map<string, string>()
  const told: Fact[] = []
  parseMetaRoot({ object: 'whatsapp_business_account', ...renamed(root, whatsappIds) }, told, problems)
  for (const fact of told) facts.push(...(ownEventIn(fact) ?? [asOfGupshup(fact, whatsappIds)]))
}

/** Fields of v3 that Meta's webhooks don't have. */
const ownEvents = new Map([
  ['billing-event', parseBillingEvent],
  ['platform-event', parsePlatformEvent],
])

function ownEventIn(fact: Fact): Fact[] | null {
  const parse = fact.kind === 'unknown' ? ownEvents.get(fact.field) : undefined
  if (parse === undefined || fact.kind !== 'unknown' || !isObject(fact.value)) return null
  const facts: Fact[] = []
  const event = { field: fact.field, value: fact.value, origin: unnamed, path: '', at: null }
  parse({ ...event, facts, problems: new Problems() })
  return facts.length > 0 ? facts : null
}

function renamed(root: JsonObject, whatsappIds: Map<string, string>): JsonObject {
  const entry = listIn(root, 'entry').map((each) =>
    mapped(each, 'changes', (change) => {
      const value = isObject(change) ? objectIn(change, 'value') : null
      if (!isObject(change) || value === null) return change
      const statuses = mapped(value, 'statuses', (status) => renamedStatus(status, whatsappIds))
      return { ...change, value: mapped(statuses, 'messages', renamedContext) }
    }),
  )
  return { ...root, entry }
}

/** The list under the key with each item changed; whatever has no such list stays as it is. */
function mapped(from: Json, key: string, change: (item: Json) => Json): Json {
  if (!isObject(from)) return from
  const list = from[key]
  return Array.isArray(list) ? { ...from, [key]: list.map(change) } : from
}

function renamedStatus(status: Json, whatsappIds: Map<string, string>): Json {
  if (!isObject(status)) return status
  const gsId = idIn(status, 'gs_id')
  const id = idIn(status, 'id')
  if (gsId !== null && id !== null && gsId !== id) whatsappIds.set(gsId, id)
  // Some failures have a code and a reason instead of Meta's list.
  const errors =
    status.errors ?? (status.code === undefined ? [] : [{ code: status.code, title: status.reason }])
  return { ...status, ...(gsId === null ? {} : { id: gsId }), errors }
}

function renamedContext(message: Json): Json {
  const context = isObject(message) ? objectIn(message, 'context') : null
  const gsId = idIn(context, 'gs_id')
  if (!isObject(message) || context === null || gsId === null) return message
  return { ...message, context: { ...context, id: gsId } }
}

function asOfGupshup(fact: Fact, whatsappIds: ReadonlyMap<string, string>): Fact {
  switch (fact.kind) {
    case 'status': {
      const error = fact.error && { ...fact.error, code: failureCode(fact.error.code) }
      const whatsapp_id = fact.status === 'failed' ? null : (whatsappIds.get(fact.external_id) ?? null)
      return { ...fact, ...unnamed, error, whatsapp_id }
    }
    case 'message':
      return { ...fact, ...unnamed, content: withAddress(fact.type, fact.content) }
    default:
      return { ...fact, ...unnamed }
  }
}

/** Meta's id of a file can't be asked for through Gupshup; its address can. */
function withAddress<Content extends object>(type: string, content: Content): Content {
  const file: unknown = Reflect.get(content, type)
  const url: unknown = typeof file === 'object' && file !== null ? Reflect.get(file, 'url') : undefined
  return typeof url === 'string' ? { ...content, [type]: { ...Object(file), id: url } } : content
}
