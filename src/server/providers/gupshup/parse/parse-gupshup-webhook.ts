import type { Fact, Json, JsonObject } from '../../fact.ts'
import { unknownFact } from '../../meta/parse/change.ts'
import { decodeBody } from '../../meta/parse/decode-body.ts'
import type { ParsedWebhook } from '../../meta/parse/parse-webhook.ts'
import { Problems } from '../../meta/parse/problem.ts'
import { idIn, isObject, objectIn, textIn, timeIn } from '../../meta/parse/read-json.ts'
import { type GupshupEvent, type Surroundings, unnamed } from './event.ts'
import { jsonIn } from './json-in.ts'
import { parseAccountEvent } from './parse-account-event.ts'
import { parseBillingEvent } from './parse-billing-event.ts'
import { isDeliveryEvent, parseDeliveryEvent } from './parse-delivery-event.ts'
import { parseMessage } from './parse-message.ts'
import { parseMessageEvent } from './parse-message-event.ts'
import { parsePassthrough } from './parse-passthrough.ts'
import { parsePreferenceEvent, parseUserEvent } from './parse-person-event.ts'
import { parsePlatformEvent } from './parse-platform-event.ts'
import { parseSystemEvent } from './parse-system-event.ts'
import { parseTemplateEvent } from './parse-template-event.ts'

export interface ParsedGupshupWebhook extends ParsedWebhook {
  /** The app it speaks of; null when it doesn't say. */
  app_id: string | null
}

const parsers = new Map<string, (event: GupshupEvent) => void>([
  ['message', parseMessage],
  ['message-event', parseMessageEvent],
  ['user-event', parseUserEvent],
  ['preference-event', parsePreferenceEvent],
  ['template-event', parseTemplateEvent],
  ['account-event', parseAccountEvent],
  ['billing-event', parseBillingEvent],
  ['platform-event', parsePlatformEvent],
  ['system-event', parseSystemEvent],
])

/**
 * All that a webhook of Gupshup says: v2 events, Meta's form passed through (v3), and delivery events of the console as
 * one object, a list, or a form with a list in it. Never throws for its content, as its sister for Meta.
 */
export function parseGupshupWebhook(body: Uint8Array): ParsedGupshupWebhook {
  const problems = new Problems()
  const facts: Fact[] = []
  const root = decodeBody(jsonIn(body), problems)
  if (root === undefined) return { facts, problems: problems.list, app_id: null }
  const events = eventsIn(root)
  if (events.length === 0) problems.add('$', 'It says nothing: no event stands in it.')
  for (const [index, event] of events.entries()) {
    parseOne(event, Array.isArray(root) || events.length > 1 ? `[${index}].` : '', { facts, problems })
  }
  return { facts, problems: problems.list, app_id: appIn(events) }
}

function eventsIn(root: Json): Json[] {
  if (Array.isArray(root)) return root
  return isObject(root) && Array.isArray(root.response) ? root.response : [root]
}

function parseOne(event: Json, path: string, { facts, problems }: Surroundings): void {
  if (!isObject(event)) {
    facts.push({ kind: 'unknown', ...unnamed, field: '', type: null, value: event })
    return
  }
  if (Array.isArray(event.entry)) {
    parsePassthrough(event, { facts, problems })
    return
  }
  if (isDeliveryEvent(event)) {
    parseDeliveryEvent(event, { path, facts, problems })
    return
  }
  parseEvent(event, path, { facts, problems })
}

function parseEvent(body: JsonObject, path: string, { facts, problems }: Surroundings): void {
  const field = textIn(body, 'type') ?? ''
  const event: GupshupEvent = {
    field,
    value: objectIn(body, 'payload') ?? {},
    origin: unnamed,
    path: `${path}payload`,
    at: timeIn(body, 'timestamp').at,
    facts,
    problems,
  }
  const factCount = facts.length
  parsers.get(field)?.(event)
  // Nothing that came in goes by unseen.
  if (facts.length === factCount) facts.push(unknownFact(event, textIn(event.value, 'type'), body))
}

function appIn(events: readonly Json[]): string | null {
  for (const event of events) {
    const id = isObject(event) ? (idIn(event, 'appId') ?? idIn(event, 'gs_app_id')) : null
    // Gupshup's own samples have `<id>` there.
    if (id !== null && /^[\w-]+$/.test(id)) return id
  }
  return null
}
