import { describe, expect, it } from 'vitest'
import type { EventSource } from './event-source.ts'
import { formatBody } from './format-body.ts'

// The expected payloads are Gupshup's own samples, with values of ours.

const at = new Date(1636986446609)
const app = { name: 'jeet20', id: null, phone: null }

function source(type: EventSource['type'], data: object, more: Partial<EventSource> = {}): EventSource {
  return { type, at, data: { ...data }, app, templateExternalId: null, told: null, ...more }
}

function gupshup(one: EventSource): unknown {
  const text = formatBody('gupshup', one)
  return text === null ? null : JSON.parse(text)
}

const outer = { app: 'jeet20', timestamp: 1636986446609, version: 2, type: 'account-event' }
const account = (type: string, payload: object) => ({ ...outer, payload: { type, payload } })

describe('format gupshup: account events', () => {
  it.each([
    [
      'account.review_updated',
      { status: 'APPROVED', action_date: 'January 31,2021' },
      account('review-event', { status: 'approved', actionDate: 'January 31,2021' }),
    ],
    [
      'account.review_updated',
      { status: 'REJECTED' },
      account('review-event', { status: 'rejected', actionDate: 'November 15,2021' }),
    ],
    [
      'account.status_updated',
      { status: 'violation', violation_type: 'GAMBLING' },
      account('status-event', { status: 'ACCOUNT_VIOLATION', violation_type: 'GAMBLING' }),
    ],
    [
      'account.status_updated',
      { status: 'disabled', action_date: 'February28,2024' },
      account('status-event', { status: 'DISABLE', actionDate: 'February28,2024' }),
    ],
    [
      'account.status_updated',
      {
        status: 'restricted',
        restrictions: [
          { type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expires_at: '2021-11-15T14:27:26.609Z' },
          { type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expires_at: '2021-11-15T14:27:26.609Z' },
          { type: 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING', expires_at: null },
        ],
      },
      account('status-event', {
        status: 'ACCOUNT_RESTRICTED',
        restrictionInfo: [
          { restrictionType: 'RESTRICTION_ADD_PHONE_NUMBER_ACTION', expiration: 1636986446609 },
          { restrictionType: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1636986446609 },
          { restrictionType: 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING' },
        ],
      }),
    ],
    [
      'account.status_updated',
      { status: 'reinstated' },
      account('status-event', { status: 'REINSTATE', actionDate: '15 November 2021' }),
    ],
    [
      'account.status_updated',
      { status: 'verified' },
      account('status-event', { status: 'ACCOUNT_VERIFIED' }),
    ],
    [
      'number.name_updated',
      { status: 'rejected', reason: 'INVALID_FORMAT' },
      account('pndn-event', { status: 'rejected', rejectedReason: 'INVALID_FORMAT' }),
    ],
    [
      'account.tier_updated',
      { change: 'UPGRADE', previous_limit: 'TIER_10K', limit: 'TIER_100K' },
      account('tier-event', { event: 'upgrade', oldLimit: 'TIER_10K', currentLimit: 'TIER_100K' }),
    ],
    [
      'account.capability_updated',
      { max_daily_conversations_per_phone: 100, max_phone_numbers_per_business: 100 },
      account('capability-event', { maxDailyConversationPerPhone: 100, maxPhoneNumbersPerBusiness: 100 }),
    ],
  ] as const)('%s %j', (type, data, expected) => {
    expect(gupshup(source(type, data))).toEqual(expected)
  })

  it.each([
    ['disabled', ['appId']],
    ['restricted', ['phone']],
    ['reinstated', ['appId', 'phone']],
    ['verified', []],
  ])('about what was %s name, beside the app, %j', (status, named) => {
    const app = { name: 'appname', id: 'e4c9dbe0-b1ef-4add-97a2-a8fdba0666ad', phone: '918000000002' }
    const known: Record<string, string> = { appId: app.id, phone: app.phone }
    const payload = gupshup(source('account.status_updated', { status }, { app }))
    expect(payload).toEqual({
      ...outer,
      app: 'appname',
      ...Object.fromEntries(named.map((key) => [key, known[key]])),
      payload: expect.anything(),
    })
  })
})

describe('format gupshup: template events', () => {
  const template = {
    template_id: 'tpl_1',
    external_template_id: '4dacef15-6c04-12db-b393-6190ac567eff',
    template_name: 'order_update',
    language: 'en_US',
  }
  const named = { id: template.external_template_id, elementName: 'order_update', languageCode: 'en_US' }
  it.each([
    [
      'template.status_updated',
      { previous_status: 'PENDING', status: 'APPROVED' },
      { type: 'status-update', ...named, status: 'approved' },
    ],
    [
      'template.status_updated',
      { previous_status: 'PENDING', status: 'REJECTED', reason: 'INVALID_FORMAT' },
      { type: 'status-update', ...named, status: 'rejected', rejectedReason: 'INVALID_FORMAT' },
    ],
    [
      'template.category_updated',
      { category: 'MARKETING', correct_category: 'UTILITY' },
      { type: 'category-update', category: { current: 'MARKETING', correct: 'UTILITY' } },
    ],
    [
      'template.category_updated',
      { previous_category: 'MARKETING', category: 'UTILITY' },
      { type: 'category-update', category: { old: 'MARKETING', new: 'UTILITY' } },
    ],
    [
      'template.quality_updated',
      { previous_quality: 'GREEN', quality: 'YELLOW' },
      { type: 'quality-update', ...named, quality: { old: 'GREEN', new: 'YELLOW' } },
    ],
  ] as const)('%s %j', (type, data, payload) => {
    expect(gupshup(source(type, { ...template, ...data }))).toEqual({ type: 'template-event', payload })
  })
})
