import { describe, expect, it } from 'vitest'
import type { AccountFact, JsonObject, NumberFact } from '../providers/index.ts'
import { markOf, readNews } from './account-news.ts'

const origin = { waba_id: '700100200300', phone_number_id: null, at: new Date('2026-02-03T10:00:00Z') }
const account = (field: string, change: string, value: JsonObject): AccountFact => ({
  kind: 'account',
  ...origin,
  field,
  change,
  value,
})
const number = (field: string, change: string, value: JsonObject): NumberFact => ({
  kind: 'number',
  ...origin,
  phone: '59829001234',
  field,
  change,
  value,
})

describe('news of accounts and numbers', () => {
  it.each([
    [account('account_review_update', 'APPROVED', {}), { topic: 'review', change: 'APPROVED' }],
    [
      account('account_update', 'ACCOUNT_VIOLATION', { violation_info: { violation_type: 'SPAM' } }),
      { topic: 'violation', value: 'SPAM', details: { violation_type: 'SPAM' } },
    ],
    [
      account('account_update', 'ACCOUNT_RESTRICTION', {
        restriction_info: [
          { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1_770_120_000 },
          { restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration: null },
        ],
      }),
      {
        topic: 'restriction',
        details: {
          restrictions: [
            { type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expires_at: '2026-02-03T12:00:00.000Z' },
            { type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expires_at: null },
          ],
        },
      },
    ],
    [
      account('account_update', 'DISABLED_UPDATE', {
        ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE', waba_ban_date: 'March 3, 2026' },
      }),
      { topic: 'ban', value: 'SCHEDULE_FOR_DISABLE', details: { action_date: 'March 3, 2026' } },
    ],
    [
      account('account_update', 'ACCOUNT_RESTRICTION', {
        restriction_info: [{ restriction_type: 'R', expiration: Object.create(null) }],
      }),
      { topic: 'restriction', details: { restrictions: [{ type: 'R', expires_at: null }] } },
    ],
    [
      account('business_capability_update', 'x', {
        max_daily_conversations_per_business: Object.create(null),
      }),
      { topic: 'capability', value: null },
    ],
    [account('account_update', 'ACCOUNT_DELETED', {}), { topic: 'ban', value: 'DELETED' }],
    [account('account_update', 'VERIFIED_ACCOUNT', {}), { topic: 'verification' }],
    [
      account('account_update', 'PARTNER_REMOVED', {
        disconnection_info: { reason: 'CHANGE_NUMBER', initiated_by: 'USER' },
      }),
      { topic: 'connection', details: { reason: 'CHANGE_NUMBER', initiated_by: 'USER' } },
    ],
    [
      account('business_capability_update', 'business_capability_update', {
        max_daily_conversations_per_business: 2000,
        max_phone_numbers_per_waba: 25,
      }),
      {
        topic: 'capability',
        value: 'TIER_2K',
        details: { max_daily_conversations_per_business: 2000, max_phone_numbers_per_account: 25 },
      },
    ],
    [
      account('account_alerts', 'OBA_REJECTED', {
        entity_type: 'PHONE_NUMBER',
        alert_info: { alert_severity: 'WARNING', alert_status: 'ACTIVE', alert_type: 'OBA_REJECTED' },
      }),
      { topic: 'alert', details: { severity: 'WARNING', status: 'ACTIVE', type: 'OBA_REJECTED' } },
    ],
    [
      account('flows', 'ENDPOINT_LATENCY', { flow_id: '7001', message: 'Slow', alert_state: 'ACTIVATED' }),
      { topic: 'flow', details: { flow_id: '7001', message: 'Slow', state: 'ACTIVATED' } },
    ],
    [account('partner_solutions', 'SOLUTION_CREATED', {}), { topic: 'other' }],
    [
      account('account_update', 'VOLUME_BASED_PRICING_TIER_UPDATE', {
        event: 'VOLUME_BASED_PRICING_TIER_UPDATE',
        volume_tier_info: {
          tier_update_time: 1_743_451_903,
          pricing_category: 'UTILITY',
          tier: '1:2',
          region: 'INDIA',
        },
      }),
      { topic: 'other', details: { detail: 'pricing category UTILITY, tier 1:2, region INDIA' } },
    ],
    [
      number('business_username_updates', 'approved', {
        display_phone_number: '5982900',
        username: 'cornershop',
        status: 'approved',
      }),
      { topic: 'username', value: 'cornershop' },
    ],
    [
      number('phone_number_quality_update', 'UPGRADE', { old_limit: 'TIER_250', current_limit: 'TIER_2K' }),
      { topic: 'limit', previous: 'TIER_250', value: 'TIER_2K' },
    ],
    [
      number('phone_number_quality_update', 'THROUGHPUT_UPGRADE', { current_limit: 'TIER_UNLIMITED' }),
      { topic: 'throughput', value: 'TIER_UNLIMITED' },
    ],
    [number('phone_number_quality_update', 'FLAGGED', {}), { topic: 'flag', value: null }],
    [
      number('phone_number_name_update', 'REJECTED', {
        requested_verified_name: 'Best Shop',
        rejection_reason: 'NAME_FORMAT_UNACCEPTABLE',
      }),
      {
        topic: 'name',
        value: 'Best Shop',
        details: { name: 'Best Shop', reason: 'NAME_FORMAT_UNACCEPTABLE' },
      },
    ],
    [
      number('security', 'PIN_RESET_REQUEST', { requester: '6155000' }),
      { topic: 'security', details: { requester: '6155000' } },
    ],
  ])('%o', (fact, expected) => {
    expect(readNews(fact)).toMatchObject(expected)
  })

  it('have one mark for the same content and time, whatever the order of the keys', () => {
    const one = account('account_update', 'X', { a: 1, b: { c: 2, d: 3 } })
    const same = account('account_update', 'X', { b: { d: 3, c: 2 }, a: 1 })
    expect(markOf(one)).toBe(markOf(same))
    expect(markOf(one)).not.toBe(markOf({ ...one, at: new Date('2026-02-04T10:00:00Z') }))
    expect(markOf(one)).not.toBe(markOf({ ...one, value: { a: 1 } }))
  })
})
