import { describe, expect, test } from 'vitest'
import type { Fact } from '../../fact.ts'
import { parseGupshupWebhook } from './parse-gupshup-webhook.ts'

const at = new Date('2025-11-03T10:00:00.000Z')

function factsOf(event: object): Fact[] {
  const { facts, problems } = parseGupshupWebhook(Buffer.from(JSON.stringify(event)))
  expect(problems).toEqual([])
  return facts
}

function eventOf(type: string, payload: object): object {
  return { app: 'ShopLine', timestamp: at.getTime(), version: 2, type, payload }
}

describe('a template-event', () => {
  const named = { id: '5d0f4b1e-6666', elementName: 'order_ready', languageCode: 'es_UY' }
  const template = { kind: 'template', external_id: named.id, name: 'order_ready', language: 'es_UY' }

  test.each<[string, object, object]>([
    [
      'status',
      { type: 'status-update', status: 'approved', ...named },
      { ...template, change: 'status', event: 'APPROVED', reason: null, detail: null, at },
    ],
    [
      'pause',
      { type: 'status-update', status: 'paused', description: 'Paused for 3 hours.', ...named },
      { ...template, change: 'status', event: 'PAUSED', detail: 'Paused for 3 hours.' },
    ],
    [
      'rejection of the older form',
      { status: 'rejected', rejectedReason: 'INVALID_FORMAT', ...named },
      { ...template, change: 'status', event: 'REJECTED', reason: 'INVALID_FORMAT' },
    ],
    [
      'category, first the alert',
      { type: 'category-update', category: { current: 'MARKETING', correct: 'UTILITY' }, ...named },
      { ...template, change: 'category', step: 'announced', from: 'MARKETING', to: 'UTILITY' },
    ],
    [
      'category, then the change',
      { type: 'category-update', category: { old: 'MARKETING', new: 'UTILITY' }, ...named },
      { ...template, change: 'category', step: 'done', from: 'MARKETING', to: 'UTILITY' },
    ],
    [
      'quality',
      { type: 'quality-update', oldQuality: 'green', quality: 'red', ...named },
      { ...template, change: 'quality', from: 'GREEN', to: 'RED' },
    ],
  ])('%s', (_, payload, expected) => {
    expect(factsOf(eventOf('template-event', payload))).toMatchObject([expected])
  })

  test('without app, time and name still says that something changed', () => {
    const payload = { type: 'category-update', category: { old: 'MARKETING', new: 'UTILITY' } }
    expect(factsOf({ type: 'template-event', payload })).toMatchObject([
      { kind: 'template', external_id: null, name: '', at: null, change: 'category', to: 'UTILITY' },
    ])
  })

  test('of a kind that is new is kept', () => {
    expect(factsOf(eventOf('template-event', { type: 'mood-update' }))).toMatchObject([
      { kind: 'unknown', field: 'template-event', type: 'mood-update' },
    ])
  })
})

describe('an account-event, in Meta’s words', () => {
  test.each<[string, string, object, object]>([
    [
      'review',
      'review-event',
      { status: 'approved', actionDate: 'November 3,2025' },
      {
        kind: 'account',
        field: 'account_review_update',
        change: 'APPROVED',
        value: { decision: 'APPROVED', action_date: 'November 3,2025' },
      },
    ],
    [
      'violation',
      'status-event',
      { status: 'ACCOUNT_VIOLATION', violation_type: 'ALCOHOL' },
      {
        kind: 'account',
        field: 'account_update',
        change: 'ACCOUNT_VIOLATION',
        value: { violation_info: { violation_type: 'ALCOHOL' } },
      },
    ],
    [
      'ban, as the sample spells it',
      'status-event',
      { status: 'DISABLE', actionDate: 'May3,2025' },
      {
        change: 'DISABLED_UPDATE',
        value: { ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'May3,2025' } },
      },
    ],
    [
      'ban, as the table spells it',
      'status-event',
      { status: 'ACCOUNT_DISABLE' },
      { change: 'DISABLED_UPDATE', value: { ban_info: { waba_ban_state: 'DISABLE' } } },
    ],
    [
      'reinstatement',
      'status-event',
      { status: 'REINSTATE', actionDate: '3 May 2025' },
      { change: 'DISABLED_UPDATE', value: { ban_info: { waba_ban_state: 'REINSTATE' } } },
    ],
    [
      'restriction, its end in seconds',
      'status-event',
      {
        status: 'ACCOUNT_RESTRICTED',
        restrictionInfo: [
          { restrictionType: 'RESTRICTION_ADD_PHONE_NUMBER_ACTION', expiration: 1762200000123 },
          { restrictionType: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1762200000123 },
        ],
      },
      {
        change: 'ACCOUNT_RESTRICTION',
        value: {
          restriction_info: [
            { restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration: 1762200000.123 },
            { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1762200000.123 },
          ],
        },
      },
    ],
    ['verified', 'status-event', { status: 'ACCOUNT_VERIFIED' }, { change: 'ACCOUNT_VERIFIED' }],
    [
      'display name',
      'pndn-event',
      { status: 'rejected', rejectedReason: 'NAME_NOT_CONSISTENT' },
      {
        kind: 'number',
        field: 'phone_number_name_update',
        change: 'REJECTED',
        value: { decision: 'REJECTED', rejection_reason: 'NAME_NOT_CONSISTENT' },
      },
    ],
    [
      'tier',
      'tier-event',
      { event: 'upgrade', oldLimit: 'TIER_250', currentLimit: 'TIER_2K' },
      {
        kind: 'number',
        field: 'phone_number_quality_update',
        change: 'UPGRADE',
        value: { event: 'UPGRADE', old_limit: 'TIER_250', current_limit: 'TIER_2K' },
      },
    ],
    [
      'capability',
      'capability-event',
      { maxDailyConversationPerPhone: 2000, maxPhoneNumbersPerBusiness: 5 },
      {
        kind: 'account',
        field: 'business_capability_update',
        value: { max_daily_conversation_per_phone: 2000, max_phone_numbers_per_business: 5 },
      },
    ],
    ['a new kind', 'mood-event', {}, { kind: 'unknown', field: 'account-event', type: 'mood-event' }],
  ])('%s', (_, type, payload, expected) => {
    expect(factsOf(eventOf('account-event', { type, payload }))).toMatchObject([expected])
  })
})

describe('events about people', () => {
  test('marketing stopped and resumed, each person on their own', () => {
    const stop = { wa_id: '59899123456', userid: 'UY.77', category: 'marketing_messages', value: 'stop' }
    const resume = { wa_id: '59899123457', category: 'marketing_messages', value: 'resume' }
    const user_preferences = [{ ...stop, timestamp: 1762164000 }, 'odd', resume]
    const event = eventOf('preference-event', { type: 'user_preferences', payload: { user_preferences } })
    expect(factsOf(event)).toMatchObject([
      { kind: 'preference', phone: '59899123456', user_id: 'UY.77', value: 'stop' },
      { kind: 'unknown', value: 'odd' },
      { kind: 'preference', phone: '59899123457', user_id: null, value: 'resume', at },
    ])
  })

  test.each([
    ['opted-out', 'stop'],
    ['opted-in', 'resume'],
  ])('%s in the older form', (type, value) => {
    expect(factsOf(eventOf('user-event', { phone: '59899123456', type }))).toMatchObject([
      { kind: 'preference', phone: '59899123456', category: 'all', value },
    ])
  })
})

describe('a billing-event', () => {
  const deductions = {
    type: 'regular',
    model: 'PMP',
    source: 'whatsapp',
    billable: true,
    category: 'marketing',
  }
  const pricing = { category: 'marketing', type: 'regular', model: 'PMP', billable: true }

  test('says what a message was charged as', () => {
    const references = { id: 'gBEGWa', gsId: '3b3e-gs', destination: '59899123456' }
    expect(factsOf(eventOf('billing-event', { deductions, references }))).toMatchObject([
      { kind: 'billing', external_id: '3b3e-gs', recipient: '59899123456', pricing, at },
    ])
  })

  test('in v3 too', () => {
    const billing = { deductions, references: { id: 'gBEGWa', gs_id: '3b3e-gs', destination: '59899123456' } }
    const body = { gs_app_id: 'app', entry: [{ changes: [{ field: 'billing-event', value: { billing } }] }] }
    expect(factsOf(body)).toMatchObject([{ kind: 'billing', external_id: '3b3e-gs', pricing }])
  })
})

describe('events that are only kept', () => {
  test('what tries our address is known as that, in both versions', () => {
    const check = { type: 'connectivity-check', initiator: 'gupshup' }
    const start = { phone: 'callbackSetPhone', type: 'sandbox-start' }
    const passed = { entry: [{ changes: [{ field: 'platform-event', value: check }] }] }
    const known = { kind: 'check', name: 'connectivity-check' }
    expect(factsOf(eventOf('platform-event', check))).toMatchObject([known])
    expect(factsOf(passed)).toMatchObject([known])
    expect(factsOf(eventOf('user-event', start))).toMatchObject([{ kind: 'check', name: 'sandbox-start' }])
  })

  test.each<[string, object]>([
    ['billing-event', { deductions: { billable: true } }],
    ['platform-event', { type: 'something-new' }],
    ['brand-new-event', {}],
  ])('%s', (type, payload) => {
    expect(factsOf(eventOf(type, payload))).toMatchObject([{ kind: 'unknown', field: type }])
  })

  test('what happens to the app is news of the account', () => {
    expect(factsOf(eventOf('system-event', { type: 'partner-app-live' }))).toMatchObject([
      { kind: 'account', field: 'system-event', change: 'partner-app-live' },
    ])
  })

  test.each<[string, unknown]>([
    ['no event', {}],
    ['a text', 'hi'],
    ['nothing', null],
  ])('%s', (_, body) => {
    expect(parseGupshupWebhook(Buffer.from(JSON.stringify([body]))).facts).toHaveLength(1)
  })
})
