import type { Fact, Json, JsonObject } from '../../fact.ts'
import { type Change, errorOf, unknownFact } from './change.ts'
import { decodeBody } from './decode-body.ts'
import { parseAccountChange, parseNumberChange } from './parse-account-change.ts'
import { parseCalls } from './parse-calls.ts'
import { parseAddressBook, parseEchoes, parseHistory } from './parse-coexistence.ts'
import { parseGroupChanges } from './parse-group-change.ts'
import { parseMessage } from './parse-message.ts'
import { parsePreferences, parseUserIdUpdates } from './parse-person-change.ts'
import { parseStatus } from './parse-status.ts'
import { parseTemplateChange } from './parse-template-change.ts'
import { parseAutomaticEvents, parseUserActions } from './parse-tracking.ts'
import { type Problem, Problems } from './problem.ts'
import { idIn, isObject, listIn, objectIn, textIn, timeIn } from './read-json.ts'

export interface ParsedWebhook {
  facts: Fact[]
  problems: Problem[]
}

type ParseChange = (change: Change) => void

const parsers = new Map<string, ParseChange>([
  ['messages', parseMessages],
  ['message_template_status_update', parseTemplateChange],
  ['message_template_quality_update', parseTemplateChange],
  ['message_template_components_update', parseTemplateChange],
  ['template_category_update', parseTemplateChange],
  ['template_correct_category_detection', parseTemplateChange],
  ['account_update', parseAccountChange],
  ['account_review_update', parseAccountChange],
  ['account_alerts', parseAccountChange],
  ['account_settings_update', parseAccountChange],
  ['business_capability_update', parseAccountChange],
  ['payment_configuration_update', parseAccountChange],
  ['partner_solutions', parseAccountChange],
  ['flows', parseAccountChange],
  ['phone_number_quality_update', parseNumberChange],
  ['phone_number_name_update', parseNumberChange],
  ['security', parseNumberChange],
  ['business_username_updates', parseNumberChange],
  ['user_preferences', parsePreferences],
  ['user_id_update', parseUserIdUpdates],
  ['smb_message_echoes', parseEchoes],
  ['history', parseHistory],
  ['smb_app_state_sync', parseAddressBook],
  ['calls', parseCalls],
  ['group_lifecycle_update', parseGroupChanges],
  ['group_participants_update', parseGroupChanges],
  ['group_settings_update', parseGroupChanges],
  ['group_status_update', parseGroupChanges],
  ['automatic_events', parseAutomaticEvents],
])

/**
 * All that a webhook of Meta says, as facts in the order of the body. Never throws for its content: what is
 * unknown becomes an `unknown` fact, what is broken a problem, and neither touches what stands beside it.
 */
export function parseMetaWebhook(body: Uint8Array): ParsedWebhook {
  const problems = new Problems()
  const facts: Fact[] = []
  const root = decodeBody(body, problems)
  if (root !== undefined) parseMetaRoot(root, facts, problems)
  return { facts, problems: problems.list }
}

/** The same for a body that was decoded already. */
export function parseMetaRoot(root: Json, facts: Fact[], problems: Problems): void {
  if (!isObject(root) || !isOfWhatsApp(root)) {
    const field = isObject(root) ? (textIn(root, 'object') ?? '') : ''
    facts.push({ kind: 'unknown', waba_id: null, phone_number_id: null, field, type: null, value: root })
    return
  }
  const before = facts.length + problems.list.length
  for (const [entryIndex, entry] of listIn(root, 'entry').entries()) {
    const entryPath = `entry[${entryIndex}]`
    if (!isObject(entry)) {
      problems.add(entryPath, 'An entry that is no object was set aside.')
      continue
    }
    for (const [index, change] of listIn(entry, 'changes').entries()) {
      parseChange(change, {
        wabaId: idIn(entry, 'id'),
        at: timeIn(entry, 'time').at,
        path: `${entryPath}.changes[${index}]`,
        facts,
        problems,
      })
    }
  }
  if (facts.length + problems.list.length === before)
    problems.add('$', 'It says nothing: no change stands in it.')
}

/** Some of Meta's own samples leave `object` out. */
function isOfWhatsApp(root: JsonObject): boolean {
  const { object } = root
  return object === 'whatsapp_business_account' || (object === undefined && Array.isArray(root.entry))
}

interface Surroundings {
  wabaId: string | null
  at: Date | null
  path: string
  facts: Fact[]
  problems: Problems
}

function parseChange(item: Json, { wabaId, at, path, facts, problems }: Surroundings): void {
  const value = isObject(item) ? objectIn(item, 'value') : null
  if (!isObject(item) || value === null) {
    problems.add(path, 'A change without value was set aside.')
    return
  }
  const phoneNumberId = idIn(objectIn(value, 'metadata'), 'phone_number_id')
  const change: Change = {
    field: textIn(item, 'field') ?? '',
    value,
    origin: { waba_id: wabaId, phone_number_id: phoneNumberId },
    path: `${path}.value`,
    at,
    facts,
    problems,
  }
  const parse = parsers.get(change.field) ?? keepUnknown
  const factCount = facts.length
  parse(change)
  // Nothing that came in goes by unseen.
  if (facts.length === factCount) facts.push(unknownFact(change, null, value))
}

function keepUnknown(change: Change): void {
  change.facts.push(unknownFact(change, textIn(change.value, 'event'), change.value))
}

function parseMessages(change: Change): void {
  const { value, path } = change
  for (const [index, item] of listIn(value, 'messages').entries()) {
    parseMessage(change, item, `${path}.messages[${index}]`)
  }
  for (const [index, item] of listIn(value, 'statuses').entries()) {
    parseStatus(change, item, `${path}.statuses[${index}]`)
  }
  parseUserActions(change)
  for (const item of listIn(value, 'errors')) parseError(change, item)
}

/** `value.errors`: of the app or the number, about no message. */
function parseError(change: Change, item: Json): void {
  const error = errorOf([item])
  const { origin, facts } = change
  facts.push(error === null ? unknownFact(change, 'error', item) : { kind: 'error', ...origin, error })
}
