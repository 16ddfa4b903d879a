import { describe, expect, test } from 'vitest'
import {
  bodyOf,
  customerPhone,
  customerUserId,
  entryOf,
  phoneNumberId,
  wabaId,
} from '../../testing/sample-bodies.ts'
import { parseMetaWebhook } from './parse-webhook.ts'

function factsOf(body: Buffer) {
  const { facts, problems } = parseMetaWebhook(body)
  expect(problems).toEqual([])
  return facts
}
const factOf = (field: string, value: object) =>
  factsOf(bodyOf(entryOf(field, value, { time: 1762164000 })))[0]
const at = new Date('2025-11-03T10:00:00Z')

describe('a template change', () => {
  const template = {
    message_template_id: 5500110022003300,
    message_template_name: 'order_update',
    message_template_language: 'en-US',
  }
  const common = {
    kind: 'template',
    external_id: '5500110022003300',
    name: 'order_update',
    language: 'en_US',
    at,
  }

  test('approved', () => {
    const value = { ...template, event: 'APPROVED', reason: 'NONE', message_template_category: 'UTILITY' }
    expect(factOf('message_template_status_update', value)).toMatchObject({
      ...common,
      change: 'status',
      event: 'APPROVED',
      reason: null,
      detail: null,
      category: 'UTILITY',
    })
  })

  test('paused says until when', () => {
    const value = {
      ...template,
      event: 'PAUSED',
      reason: null,
      other_info: { title: 'FIRST_PAUSE', description: 'for 3 hours' },
    }
    expect(factOf('message_template_status_update', value)).toMatchObject({
      event: 'PAUSED',
      reason: null,
      detail: 'for 3 hours',
    })
  })

  test('rejected says why', () => {
    const value = {
      ...template,
      event: 'REJECTED',
      reason: 'INVALID_FORMAT',
      rejection_info: { reason: 'x', recommendation: 'Change it' },
    }
    expect(factOf('message_template_status_update', value)).toMatchObject({
      reason: 'INVALID_FORMAT',
      detail: 'Change it',
    })
  })

  test('quality, also under the wrong field of Meta’s own sample', () => {
    const value = { ...template, previous_quality_score: 'GREEN', new_quality_score: 'RED' }
    const expected = { ...common, change: 'quality', from: 'GREEN', to: 'RED' }
    expect(factOf('message_template_quality_update', value)).toMatchObject(expected)
    expect(factOf('message_template_status_update', value)).toMatchObject(expected)
  })

  test('a category to come is told apart from one that has changed', () => {
    const announced = {
      ...template,
      new_category: 'UTILITY',
      correct_category: 'MARKETING',
      category_update_timestamp: 1762250400,
    }
    expect(factOf('template_category_update', announced)).toMatchObject({
      change: 'category',
      step: 'announced',
      from: 'UTILITY',
      to: 'MARKETING',
      takes_effect_at: new Date('2025-11-04T10:00:00Z'),
    })
    const done = { ...template, previous_category: 'UTILITY', new_category: 'MARKETING' }
    expect(factOf('template_category_update', done)).toMatchObject({
      change: 'category',
      step: 'done',
      from: 'UTILITY',
      to: 'MARKETING',
    })
    const detected = { ...template, category: 'UTILITY', correct_category: 'MARKETING' }
    expect(factOf('template_correct_category_detection', detected)).toMatchObject({
      step: 'detected',
      from: 'UTILITY',
      to: 'MARKETING',
      takes_effect_at: null,
    })
  })

  test('new content', () => {
    expect(
      factOf('message_template_components_update', { ...template, message_template_element: 'Hi' }),
    ).toMatchObject({ ...common, change: 'components' })
  })

  test('without a name it is kept as unknown', () => {
    expect(factOf('message_template_status_update', { event: 'APPROVED' })).toMatchObject({
      kind: 'unknown',
      type: 'APPROVED',
    })
  })
})

describe('a change of account or number', () => {
  test.each([
    [
      'account_update',
      {
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING' }],
      },
      'ACCOUNT_RESTRICTION',
    ],
    ['account_review_update', { decision: 'APPROVED' }, 'APPROVED'],
    [
      'account_alerts',
      { entity_type: 'BUSINESS', alert_info: { alert_type: 'OBA_REJECTED' } },
      'OBA_REJECTED',
    ],
    [
      'business_capability_update',
      { max_daily_conversations_per_business: 2000 },
      'business_capability_update',
    ],
    ['partner_solutions', { event: 'SOLUTION_CREATED', solution_id: '1' }, 'SOLUTION_CREATED'],
  ])('%s', (field, value, change) => {
    expect(factOf(field, value)).toMatchObject({ kind: 'account', field, change, value, waba_id: wabaId, at })
  })

  test('partner events come under the business; the account stands inside', () => {
    const value = { event: 'PARTNER_REMOVED', waba_info: { waba_id: '700999', owner_business_id: wabaId } }
    expect(factOf('account_update', value)).toMatchObject({ waba_id: '700999' })
  })

  test.each([
    [
      'phone_number_quality_update',
      { event: 'THROUGHPUT_UPGRADE', current_limit: 'TIER_UNLIMITED' },
      'THROUGHPUT_UPGRADE',
    ],
    [
      'phone_number_name_update',
      { decision: 'APPROVED', requested_verified_name: 'Corner Shop' },
      'APPROVED',
    ],
    ['security', { event: 'PIN_CHANGED', requester: '9' }, 'PIN_CHANGED'],
  ])('%s names the number by its phone', (field, value, change) => {
    const fact = factOf(field, { display_phone_number: '+598 2900 1234', ...value })
    expect(fact).toMatchObject({ kind: 'number', field, change, phone: '59829001234', at })
  })
})

describe('a change of a person', () => {
  test('stopping marketing', () => {
    const item = {
      wa_id: customerPhone,
      user_id: customerUserId,
      category: 'marketing_messages',
      value: 'stop',
      timestamp: 1762164000,
    }
    expect(
      factOf('user_preferences', { metadata: { phone_number_id: phoneNumberId }, user_preferences: [item] }),
    ).toMatchObject({
      kind: 'preference',
      phone: customerPhone,
      user_id: customerUserId,
      category: 'marketing_messages',
      value: 'stop',
      at,
      phone_number_id: phoneNumberId,
    })
  })

  test('a new user id', () => {
    const item = {
      wa_id: customerPhone,
      user_id: { previous: 'UY.1', current: 'UY.2' },
      timestamp: '1762164000',
    }
    expect(factOf('user_id_update', { user_id_update: [item] })).toMatchObject({
      kind: 'contact_change',
      old_user_id: 'UY.1',
      new_user_id: 'UY.2',
      old_phone: customerPhone,
      new_phone: customerPhone,
    })
  })
})
