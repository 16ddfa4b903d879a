import type { EventSource } from './event-source.ts'
import { type JsonObject, objectsIn, present, textIn } from './read-json.ts'

/** Account events as Gupshup sends them, whichever provider they came from. */
export function gupshupAccountEvent(source: EventSource): JsonObject | null {
  const told = payloadOf(source)
  if (told === null) return null
  const { app, at } = source
  const named = told.named ?? []
  return present({
    app: app.name,
    appId: named.includes('appId') ? app.id : null,
    phone: named.includes('phone') ? app.phone : null,
    timestamp: at.getTime(),
    version: 2,
    type: 'account-event',
    payload: { type: told.type, payload: present(told.payload) },
  })
}

interface Told {
  type: string
  payload: JsonObject
  /** What stands beside the name of the app: Gupshup's samples differ in it from one event to the other. */
  named?: readonly ('appId' | 'phone')[]
}

function payloadOf({ type, data, at }: EventSource): Told | null {
  switch (type) {
    case 'account.review_updated': {
      const actionDate = textIn(data, 'action_date') ?? monthDayYear(at)
      return { type: 'review-event', payload: { status: textIn(data, 'status')?.toLowerCase(), actionDate } }
    }
    case 'account.status_updated':
      return statusOf(data, at)
    case 'number.name_updated': {
      const rejectedReason = textIn(data, 'reason')
      return {
        type: 'pndn-event',
        payload: { status: textIn(data, 'status')?.toLowerCase(), rejectedReason },
      }
    }
    case 'account.tier_updated':
      return {
        type: 'tier-event',
        payload: {
          event: textIn(data, 'change')?.toLowerCase(),
          oldLimit: textIn(data, 'previous_limit'),
          currentLimit: textIn(data, 'limit'),
        },
      }
    case 'account.capability_updated':
      return {
        type: 'capability-event',
        payload: {
          maxDailyConversationPerPhone: data.max_daily_conversations_per_phone,
          maxPhoneNumbersPerBusiness: data.max_phone_numbers_per_business,
        },
      }
    default:
      return null
  }
}

function statusOf(data: JsonObject, at: Date): Told | null {
  const type = 'status-event'
  switch (textIn(data, 'status')) {
    case 'violation':
      return {
        type,
        payload: { status: 'ACCOUNT_VIOLATION', violation_type: textIn(data, 'violation_type') },
      }
    case 'restricted': {
      const restrictionInfo = objectsIn(data, 'restrictions').map(restriction)
      return { type, payload: { status: 'ACCOUNT_RESTRICTED', restrictionInfo }, named: ['phone'] }
    }
    case 'disabled': {
      const actionDate = textIn(data, 'action_date') ?? monthDayYear(at)
      return { type, payload: { status: 'DISABLE', actionDate }, named: ['appId'] }
    }
    case 'reinstated': {
      const actionDate = textIn(data, 'action_date') ?? dayMonthYear(at)
      return { type, payload: { status: 'REINSTATE', actionDate }, named: ['appId', 'phone'] }
    }
    case 'verified':
      return { type, payload: { status: 'ACCOUNT_VERIFIED' } }
    default:
      return null
  }
}

function restriction(one: JsonObject): JsonObject {
  const expiresAt = textIn(one, 'expires_at')
  return present({
    // Meta says RESTRICTED_ where Gupshup says RESTRICTION_, for this one only.
    restrictionType: textIn(one, 'type')?.replace(/^RESTRICTED_ADD_/, 'RESTRICTION_ADD_'),
    expiration: expiresAt === null ? null : Date.parse(expiresAt),
  })
}

function monthDayYear(at: Date): string {
  const month = at.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' })
  return `${month} ${at.getUTCDate()},${at.getUTCFullYear()}`
}

function dayMonthYear(at: Date): string {
  const month = at.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' })
  return `${at.getUTCDate()} ${month} ${at.getUTCFullYear()}`
}
