import type { Json, JsonObject } from '../../fact.ts'
import { idIn, isObject, listIn, objectIn, textIn, timeIn } from '../../meta/parse/read-json.ts'
import type { GupshupEvent } from './event.ts'

interface Told {
  kind: 'account' | 'number'
  field: string
  change: string
  value: JsonObject
}

/** Type `account-event`, told in Meta's words: whoever keeps the state of accounts hears one language. */
export function parseAccountEvent(event: GupshupEvent): void {
  const { value, origin, facts, at } = event
  const details = objectIn(value, 'payload')
  const told = details && wordEvent(textIn(value, 'type') ?? '', details)
  if (told === null) return
  const { kind, ...rest } = told
  if (kind === 'account') facts.push({ kind, ...origin, at, ...rest })
  else facts.push({ kind, ...origin, at, phone: null, ...rest })
}

function wordEvent(type: string, details: JsonObject): Told | null {
  switch (type) {
    case 'review-event':
      return wordReview(details)
    case 'status-event':
      return wordStatus(details)
    case 'pndn-event':
      return wordName(details)
    case 'tier-event':
      return wordTier(details)
    case 'capability-event':
      return wordCapability(details)
    default:
      return null
  }
}

function wordReview(details: JsonObject): Told | null {
  const decision = textIn(details, 'status')?.toUpperCase()
  if (decision === undefined) return null
  const date = textIn(details, 'actionDate')
  const value = { decision, ...(date === null ? {} : { action_date: date }) }
  return { kind: 'account', field: 'account_review_update', change: decision, value }
}

/** Gupshup's table says ACCOUNT_DISABLE, its sample DISABLE. */
const bans: Record<string, string> = {
  ACCOUNT_DISABLE: 'DISABLE',
  DISABLE: 'DISABLE',
  REINSTATE: 'REINSTATE',
  ACCOUNT_REINSTATE: 'REINSTATE',
}

function wordStatus(details: JsonObject): Told | null {
  const status = textIn(details, 'status')?.toUpperCase()
  if (status === undefined) return null
  const ban = bans[status]
  if (ban !== undefined) {
    const ban_info = { waba_ban_state: ban, waba_ban_date: textIn(details, 'actionDate') }
    return accountUpdate('DISABLED_UPDATE', { ban_info })
  }
  if (status === 'ACCOUNT_VIOLATION') {
    return accountUpdate(status, { violation_info: { violation_type: textIn(details, 'violation_type') } })
  }
  if (status === 'ACCOUNT_RESTRICTED') {
    const restriction_info = listIn(details, 'restrictionInfo').filter(isObject).map(wordRestriction)
    return accountUpdate('ACCOUNT_RESTRICTION', { restriction_info })
  }
  return accountUpdate(status, {})
}

function accountUpdate(event: string, value: JsonObject): Told {
  return { kind: 'account', field: 'account_update', change: event, value: { event, ...value } }
}

/** The end in seconds, as Meta writes it; one of the types is spelt differently. */
function wordRestriction(restriction: JsonObject): JsonObject {
  const type = textIn(restriction, 'restrictionType')
  return {
    restriction_type:
      type === 'RESTRICTION_ADD_PHONE_NUMBER_ACTION' ? 'RESTRICTED_ADD_PHONE_NUMBER_ACTION' : type,
    expiration: secondsIn(restriction),
  }
}

function secondsIn(restriction: JsonObject): number | null {
  const { at } = timeIn(restriction, 'expiration')
  return at === null ? null : at.getTime() / 1000
}

function wordName(details: JsonObject): Told | null {
  const decision = textIn(details, 'status')?.toUpperCase()
  if (decision === undefined) return null
  const reason = textIn(details, 'rejectedReason')
  const value = { decision, ...(reason === null ? {} : { rejection_reason: reason }) }
  return { kind: 'number', field: 'phone_number_name_update', change: decision, value }
}

function wordTier(details: JsonObject): Told | null {
  const event = textIn(details, 'event')?.toUpperCase()
  const limit = textIn(details, 'currentLimit')
  if (event === undefined && limit === null) return null
  const value = { event: event ?? 'UPGRADE', old_limit: textIn(details, 'oldLimit'), current_limit: limit }
  return { kind: 'number', field: 'phone_number_quality_update', change: value.event, value }
}

function wordCapability(details: JsonObject): Told {
  const value: Record<string, Json> = {}
  const perPhone = idIn(details, 'maxDailyConversationPerPhone')
  const numbers = idIn(details, 'maxPhoneNumbersPerBusiness')
  if (perPhone !== null) value.max_daily_conversation_per_phone = Number(perPhone)
  if (numbers !== null) value.max_phone_numbers_per_business = Number(numbers)
  const field = 'business_capability_update'
  return { kind: 'account', field, change: field, value }
}
