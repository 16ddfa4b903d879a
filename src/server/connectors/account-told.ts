import type { NoticeKind } from '../../contract/index.ts'
import type { EventEntry } from '../events/index.ts'
import type { OpenNotice } from '../notices/index.ts'
import type { News, ToldRestriction } from './account-news.ts'

/** What follows from news for customers' endpoints and for the bell. */
export interface Consequences {
  event: Pick<EventEntry, 'type' | 'data'> | null
  raise: readonly Pick<OpenNotice, 'kind' | 'params' | 'expires_at'>[]
  resolve: readonly NoticeKind[]
}

const nothing: Consequences = { event: null, raise: [], resolve: [] }
/** Warnings to which the provider tells no end. */
const warningDays = 30
const messagingRestrictions = new Set([
  'RESTRICTED_BIZ_INITIATED_MESSAGING',
  'RESTRICTED_CUSTOMER_INITIATED_MESSAGING',
])

/** Of news about a whole account. */
export function accountConsequences(news: News, at: Date): Consequences {
  switch (news.topic) {
    case 'review':
      return reviewConsequences(news)
    case 'violation':
      return {
        event: status('violation', news.details),
        raise: [{ kind: 'account_violation', params: news.details, expires_at: daysAfter(at, warningDays) }],
        resolve: [],
      }
    case 'restriction':
      return restrictionConsequences(news)
    case 'ban':
      return banConsequences(news)
    case 'verification':
      return { ...nothing, event: status('verified', {}) }
    case 'connection':
      return connectionConsequences(news)
    case 'capability':
      return { ...nothing, event: { type: 'account.capability_updated', data: news.details } }
    case 'alert':
      return alertConsequences(news, at)
    case 'flow':
      return flowConsequences(news)
    default:
      return nothing
  }
}

function status(word: string, details: Record<string, unknown>): Consequences['event'] {
  return { type: 'account.status_updated', data: { status: word, ...details } }
}

function reviewConsequences({ change, details }: News): Consequences {
  const event = { type: 'account.review_updated', data: { status: change, ...details } } as const
  if (change === 'REJECTED') {
    return { event, raise: [{ kind: 'account_review_rejected', params: {} }], resolve: [] }
  }
  return { event, raise: [], resolve: change === 'APPROVED' ? ['account_review_rejected'] : [] }
}

function restrictionConsequences({ details }: News): Consequences {
  const told = readRestrictions(details)
  const ofMessaging = told.filter(({ type }) => messagingRestrictions.has(type))
  const others = told.filter(({ type }) => !messagingRestrictions.has(type))
  return {
    event: status('restricted', { restrictions: told }),
    raise: [
      ...restrictionNotice('account_restricted', ofMessaging),
      ...restrictionNotice('account_features_restricted', others),
    ],
    resolve: [],
  }
}

function restrictionNotice(
  kind: NoticeKind,
  restrictions: readonly ToldRestriction[],
): Consequences['raise'] {
  if (restrictions.length === 0) return []
  const params = { types: restrictions.map(({ type }) => type) }
  return [{ kind, params, expires_at: lastEnd(restrictions) }]
}

function banConsequences({ change, value, details }: News): Consequences {
  if (value === 'REINSTATE') {
    return {
      event: status('reinstated', details),
      raise: [{ kind: 'account_reinstated', params: {} }],
      resolve: ['account_disabled', 'account_ban_scheduled'],
    }
  }
  if (value === 'DISABLE' || value === 'DELETED') {
    const params = value === 'DELETED' ? { deleted: true } : {}
    const raise = [{ kind: 'account_disabled', params }] as const
    return {
      event: status('disabled', details),
      raise,
      resolve: ['account_ban_scheduled', 'account_reinstated'],
    }
  }
  return {
    event: status('other', { change: value ?? change, ...details }),
    raise: [{ kind: 'account_ban_scheduled', params: details }],
    resolve: [],
  }
}

const departures = new Set(['PARTNER_REMOVED', 'PARTNER_APP_UNINSTALLED', 'ACCOUNT_OFFBOARDED'])

function connectionConsequences({ change, details }: News): Consequences {
  const { field: _, ...told } = details
  const event = status('other', { change, ...told })
  if (!departures.has(change)) return { event, raise: [], resolve: ['account_disconnected'] }
  return { event, raise: [{ kind: 'account_disconnected', params: { change, ...told } }], resolve: [] }
}

function alertConsequences({ details }: News, at: Date): Consequences {
  if (details.status === 'NONE') return { ...nothing, resolve: ['account_alert'] }
  if (details.severity === 'INFORMATIONAL') return nothing
  const params = { type: details.type, description: details.description }
  return { ...nothing, raise: [{ kind: 'account_alert', params, expires_at: daysAfter(at, warningDays) }] }
}

function flowConsequences({ details }: News): Consequences {
  if (details.state === 'DEACTIVATED') return { ...nothing, resolve: ['flow_trouble'] }
  if (details.state !== 'ACTIVATED') return nothing
  const params = { flow_id: details.flow_id, message: details.message }
  return { ...nothing, raise: [{ kind: 'flow_trouble', params }] }
}

/** The last end of all; null as soon as one has none. */
export function lastEnd(restrictions: readonly ToldRestriction[]): Date | null {
  const ends = restrictions.map(({ expires_at }) => expires_at)
  const known = ends.filter((end) => end !== null)
  const last = known.toSorted().at(-1)
  return last === undefined || known.length < ends.length ? null : new Date(last)
}

export function readRestrictions(details: Record<string, unknown>): ToldRestriction[] {
  const told: unknown = details.restrictions
  return Array.isArray(told) ? told.filter(isRestriction) : []
}

function isRestriction(value: unknown): value is ToldRestriction {
  return typeof value === 'object' && value !== null && 'type' in value && 'expires_at' in value
}

function daysAfter(at: Date, days: number): Date {
  return new Date(at.getTime() + days * 86_400_000)
}
