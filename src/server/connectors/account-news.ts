import { createHash } from 'node:crypto'
import type { AccountFact, JsonObject, NumberFact } from '../providers/index.ts'
import { wordsIn } from './account-words.ts'
import { limitIn } from './messaging-limit.ts'
import { endOf } from './restriction.ts'

/** What a piece of news is about; the newest of a topic says how that stands. */
export type NewsTopic =
  | 'review'
  | 'violation'
  | 'restriction'
  | 'ban'
  | 'verification'
  | 'connection'
  | 'capability'
  | 'alert'
  | 'flow'
  | 'limit'
  | 'flag'
  | 'quality'
  | 'throughput'
  | 'name'
  | 'username'
  | 'security'
  | 'history'
  | 'error'
  | 'other'

/** One thing a provider says about an account or a number, in words of ours; `change` is the provider's. */
export interface News {
  topic: NewsTopic
  /** Which of several that stand beside each other: a flow and what troubles it, a kind of alert. Empty where there is one. */
  aspect: string
  change: string
  previous: string | null
  value: string | null
  details: Record<string, unknown>
}

export interface ToldRestriction {
  type: string
  /** ISO 8601; null: until the provider says so. */
  expires_at: string | null
}

export function readNews(fact: AccountFact | NumberFact): News {
  const news = fact.kind === 'number' ? numberNews(fact) : accountNews(fact)
  return { aspect: '', change: fact.change, previous: null, value: null, details: {}, ...news }
}

type Told = Pick<News, 'topic'> & Partial<News>

function accountNews({ field, change, value }: AccountFact): Told {
  switch (field) {
    case 'account_review_update':
      return { topic: 'review', details: present({ action_date: text(value.action_date) }) }
    case 'business_capability_update':
      return { topic: 'capability', value: capabilityLimit(value), details: capability(value) }
    case 'account_alerts':
      return alertNews(value)
    case 'flows':
      return flowNews(change, value)
    case 'history':
      return { topic: 'history', details: present({ detail: text(value.detail) }) }
    case 'account_update':
      return accountUpdate(change, value)
    default:
      return { topic: 'other', details: present({ field, detail: wordsIn(value) }) }
  }
}

const connections = new Set([
  'PARTNER_ADDED',
  'PARTNER_REMOVED',
  'PARTNER_APP_INSTALLED',
  'PARTNER_APP_UNINSTALLED',
  'ACCOUNT_OFFBOARDED',
  'ACCOUNT_RECONNECTED',
])

function accountUpdate(change: string, value: JsonObject): Told {
  switch (change) {
    case 'ACCOUNT_VIOLATION': {
      const info = object(value.violation_info)
      const violation_type = text(info.violation_type)
      return { topic: 'violation', value: violation_type, details: present({ violation_type }) }
    }
    case 'ACCOUNT_RESTRICTION':
      return { topic: 'restriction', details: { restrictions: restrictions(value) } }
    case 'DISABLED_UPDATE': {
      const info = object(value.ban_info)
      const state = text(info.waba_ban_state)
      return { topic: 'ban', value: state, details: present({ action_date: text(info.waba_ban_date) }) }
    }
    case 'ACCOUNT_DELETED':
      return { topic: 'ban', value: 'DELETED' }
    case 'VERIFIED_ACCOUNT':
    case 'ACCOUNT_VERIFIED':
      return { topic: 'verification' }
    default: {
      const reason = text(object(value.disconnection_info).reason)
      const by = text(object(value.disconnection_info).initiated_by)
      const field = 'account_update'
      if (!connections.has(change))
        return { topic: 'other', details: present({ field, detail: wordsIn(value) }) }
      return { topic: 'connection', details: present({ reason, initiated_by: by, field }) }
    }
  }
}

function numberNews({ field, change, value }: NumberFact): Told {
  switch (field) {
    case 'phone_number_name_update': {
      const name = text(value.requested_verified_name)
      const reason = text(value.rejection_reason)
      const told = reason === 'NONE' ? null : reason
      return { topic: 'name', value: name, details: present({ name, reason: told }) }
    }
    case 'business_username_updates': {
      const username = text(value.username)?.replace(/^@/, '') ?? null
      return { topic: 'username', value: username, details: present({ name: username }) }
    }
    case 'security':
      return { topic: 'security', details: present({ requester: text(value.requester) }) }
    case 'phone_number_quality_update':
      return {
        topic: qualityTopic(change),
        previous: limitIn(value.old_limit),
        value: limitIn(value.max_daily_conversations_per_business ?? value.current_limit),
      }
    default:
      return { topic: 'other', details: present({ field, detail: wordsIn(value) }) }
  }
}

function qualityTopic(change: string): NewsTopic {
  if (change === 'THROUGHPUT_UPGRADE') return 'throughput'
  return change === 'FLAGGED' || change === 'UNFLAGGED' ? 'flag' : 'limit'
}

function restrictions(value: JsonObject): ToldRestriction[] {
  const told = Array.isArray(value.restriction_info) ? value.restriction_info : []
  return told.map(object).flatMap((one) => {
    const type = text(one.restriction_type)
    return type === null ? [] : [{ type, expires_at: endOf(one.expiration)?.toISOString() ?? null }]
  })
}

function capabilityLimit(value: JsonObject): string | null {
  return limitIn(value.max_daily_conversations_per_business ?? value.max_daily_conversation_per_phone)
}

/** Named as our events name them. */
function capability(value: JsonObject): Record<string, unknown> {
  const ofBusiness = value.max_daily_conversations_per_business
  return present({
    max_daily_conversations_per_phone: whole(value.max_daily_conversation_per_phone),
    max_daily_conversations_per_business: typeof ofBusiness === 'string' ? ofBusiness : whole(ofBusiness),
    max_phone_numbers_per_business: whole(value.max_phone_numbers_per_business),
    max_phone_numbers_per_account: whole(value.max_phone_numbers_per_waba),
  })
}

function alertNews(value: JsonObject): Told {
  const info = object(value.alert_info)
  const said = Object.keys(info).length > 0 ? info : value
  const type = text(said.alert_type)
  const details = present({
    severity: text(said.alert_severity),
    status: text(said.alert_status),
    type,
    description: text(said.alert_description),
  })
  return { topic: 'alert', aspect: [text(value.entity_id), type].filter(Boolean).join(' '), details }
}

function flowNews(change: string, value: JsonObject): Told {
  const flow_id = text(value.flow_id)
  const details = present({
    flow_id,
    message: text(value.message),
    state: text(value.alert_state),
    old_status: text(value.old_status),
    new_status: text(value.new_status),
  })
  return { topic: 'flow', aspect: `${flow_id ?? ''} ${change}`, details }
}

/** Content and time of a fact in one word: the same news told again has the same mark. */
export function markOf({ kind, field, change, at, value }: AccountFact | NumberFact): string {
  const said = JSON.stringify([kind, field, change, at?.toISOString() ?? null, sorted(value)])
  return createHash('sha256').update(said).digest('base64url').slice(0, 32)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)])
}

function object(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

function whole(value: unknown): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : null
}

function present(from: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([, value]) => value !== null))
}
