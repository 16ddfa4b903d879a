import type { AccountFact, JsonObject } from '../providers/index.ts'

/** What the provider forbids an account. Over when `until` has passed; null: until it says so. */
export interface Restriction {
  kind: 'restricted' | 'disabled'
  until: Date | null
}

/** The restriction that stops us from writing to people first; others don't concern sending. */
const stopsLists = 'RESTRICTED_BIZ_INITIATED_MESSAGING'

/** null: the fact says nothing of the kind. A ban that was lifted is one that ended when that was told. */
export function restrictionIn({ field, change, value, at }: AccountFact, now: Date): Restriction | null {
  if (field !== 'account_update') return null
  if (change === 'ACCOUNT_RESTRICTION') {
    const told = listOf(value.restriction_info).find((each) => each.restriction_type === stopsLists)
    return told ? { kind: 'restricted', until: endOf(told.expiration) } : null
  }
  if (change === 'ACCOUNT_DELETED') return { kind: 'disabled', until: null }
  if (change !== 'DISABLED_UPDATE') return null
  const state = isObject(value.ban_info) ? value.ban_info.waba_ban_state : undefined
  if (state === 'DISABLE') return { kind: 'disabled', until: null }
  return state === 'REINSTATE' ? { kind: 'disabled', until: at ?? now } : null
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const millisecondsFrom = 1e11
const millisecondsMax = Date.UTC(2100, 0)

/** When a restriction ends: seconds since 1970, as number or text, milliseconds where they must be ones. */
export function endOf(value: unknown): Date | null {
  const told = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
  const milliseconds = told < millisecondsFrom ? told * 1_000 : told
  const isTime = milliseconds > 0 && milliseconds < millisecondsMax
  return isTime ? new Date(Math.round(milliseconds)) : null
}
