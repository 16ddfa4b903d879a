import { type Json, objectIn, objectsIn, textIn } from '../json.ts'

const CONVERSATIONS = new Map([
  ['TIER_250', 250],
  ['TIER_2K', 2_000],
  ['TIER_10K', 10_000],
  ['TIER_100K', 100_000],
])

/** Meta's news of accounts and numbers as the payload of an `account-event`; undefined for what isn't passed on. */
export function wordAccount(field: string, value: Json): Json | undefined {
  switch (field) {
    case 'account_review_update':
      return {
        type: 'review-event',
        payload: { status: textIn(value, 'decision')?.toLowerCase(), actionDate: today() },
      }
    case 'account_update':
      return wordStatus(value)
    case 'phone_number_name_update': {
      const payload = {
        status: textIn(value, 'decision')?.toLowerCase(),
        rejectedReason: value.rejection_reason,
      }
      return { type: 'pndn-event', payload }
    }
    case 'phone_number_quality_update': {
      const payload = { event: textIn(value, 'event')?.toLowerCase(), currentLimit: value.current_limit }
      return { type: 'tier-event', payload }
    }
    case 'business_capability_update': {
      const limit = String(value.max_daily_conversations_per_business)
      const payload = {
        maxDailyConversationPerPhone: CONVERSATIONS.get(limit) ?? -1,
        maxPhoneNumbersPerBusiness: value.max_phone_numbers_per_waba,
      }
      return { type: 'capability-event', payload }
    }
    default:
      return undefined
  }
}

function wordStatus(value: Json): Json | undefined {
  const event = textIn(value, 'event')
  if (event === 'ACCOUNT_VIOLATION') {
    const violation_type = textIn(objectIn(value, 'violation_info'), 'violation_type')
    return { type: 'status-event', payload: { status: event, violation_type } }
  }
  if (event === 'DISABLED_UPDATE') {
    const ban = objectIn(value, 'ban_info')
    const payload = { status: textIn(ban, 'waba_ban_state'), actionDate: textIn(ban, 'waba_ban_date') }
    return { type: 'status-event', payload }
  }
  if (event !== 'ACCOUNT_RESTRICTION') return undefined
  const restrictionInfo = objectsIn(value, 'restriction_info').map((each) => ({
    restrictionType: each.restriction_type,
    expiration: Number(each.expiration) * 1000,
  }))
  return { type: 'status-event', payload: { status: 'ACCOUNT_RESTRICTED', restrictionInfo } }
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
