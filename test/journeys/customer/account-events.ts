import { describe, expect, it } from 'vitest'
import { app, type Body, customer, metaBody, now, shop, tellGupshup, tellMeta } from './world.ts'

export function accountEvents(): void {
  describe('format gupshup: account events, to the letter', () => {
    const expiration = now + 86_400
    /** What follows from Meta's change and from Gupshup's own event; beside the name of the app what Gupshup names. */
    const cases: [
      string,
      [field: string, value: object],
      [type: string, payload: object],
      named?: string[],
    ][] = [
      [
        'review',
        ['account_review_update', { decision: 'APPROVED' }],
        ['review-event', { status: 'approved', actionDate: 'January 31,2021' }],
      ],
      [
        'violation',
        ['account_update', { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'GAMBLING' } }],
        ['status-event', { status: 'ACCOUNT_VIOLATION', violation_type: 'GAMBLING' }],
      ],
      [
        'disabled',
        [
          'account_update',
          {
            event: 'DISABLED_UPDATE',
            ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'February28,2024' },
          },
        ],
        ['status-event', { status: 'DISABLE', actionDate: 'February28,2024' }],
        ['appId'],
      ],
      [
        'reinstated',
        [
          'account_update',
          {
            event: 'DISABLED_UPDATE',
            ban_info: { waba_ban_state: 'REINSTATE', waba_ban_date: '30 May 2024' },
          },
        ],
        ['status-event', { status: 'REINSTATE', actionDate: '30 May 2024' }],
        ['appId', 'phone'],
      ],
      [
        'restricted',
        [
          'account_update',
          {
            event: 'ACCOUNT_RESTRICTION',
            restriction_info: [
              { restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration },
              { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration },
              { restriction_type: 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING', expiration },
            ],
          },
        ],
        [
          'status-event',
          {
            status: 'ACCOUNT_RESTRICTED',
            restrictionInfo: [
              { restrictionType: 'RESTRICTION_ADD_PHONE_NUMBER_ACTION', expiration: expiration * 1_000 },
              { restrictionType: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: expiration * 1_000 },
              { restrictionType: 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING', expiration: expiration * 1_000 },
            ],
          },
        ],
        ['phone'],
      ],
      [
        'verified',
        ['account_update', { event: 'VERIFIED_ACCOUNT' }],
        ['status-event', { status: 'ACCOUNT_VERIFIED' }],
      ],
      [
        'name',
        [
          'phone_number_name_update',
          { decision: 'REJECTED', requested_verified_name: 'Best Shop', rejection_reason: 'INVALID_FORMAT' },
        ],
        ['pndn-event', { status: 'rejected', rejectedReason: 'INVALID_FORMAT' }],
      ],
      [
        'tier',
        [
          'phone_number_quality_update',
          { event: 'UPGRADE', old_limit: 'TIER_10K', current_limit: 'TIER_100K' },
        ],
        ['tier-event', { event: 'upgrade', oldLimit: 'TIER_10K', currentLimit: 'TIER_100K' }],
      ],
      [
        'capability',
        [
          'business_capability_update',
          { max_daily_conversation_per_phone: 100, max_phone_numbers_per_business: 100 },
        ],
        ['capability-event', { maxDailyConversationPerPhone: 100, maxPhoneNumbersPerBusiness: 100 }],
      ],
    ]
    const expected = (
      payload: [string, object],
      of: { app: string; appId: unknown; phone: string },
      named: string[],
    ) => ({
      app: of.app,
      ...(named.includes('appId') ? { appId: of.appId } : {}),
      ...(named.includes('phone') ? { phone: of.phone } : {}),
      timestamp: now * 1_000,
      version: 2,
      type: 'account-event',
      payload: { type: payload[0], payload: payload[1] },
    })

    it.each(cases)('%s, from Meta', async (name, [field, value], payload, named = []) => {
      const phone = shop.account.numbers[0]?.phone ?? ''
      const isOfNumber = field.startsWith('phone_number')
      // Later than what the hub learns of the number by asking, which it does when a number's change is told.
      const at = isOfNumber ? now + 60 : now
      const told = metaBody([field, { ...value, ...(isOfNumber ? { display_phone_number: phone } : {}) }])
      await tellMeta(told.replace(`"time":${now}`, `"time":${at}`))
      // Meta tells no day of a review: then it is the day on which it was told.
      const isTold = (one: Body) =>
        one.app === 'Main line' && one.timestamp === at * 1_000 && isSameKind(one, payload)
      const { body } = await customer.heard('/gupshup', isTold)
      const dated: [string, object] =
        name === 'review' ? [payload[0], { ...payload[1], actionDate: expect.any(String) }] : payload
      const of = { app: 'Main line', appId: expect.stringMatching(/^\d+$/), phone }
      expect(body).toEqual({ ...expected(dated, of, named), timestamp: at * 1_000 })
    })

    it.each(cases)('%s, from Gupshup', async (_name, _meta, [type, payload], named = []) => {
      const own = { ...(named.includes('appId') ? { appId: app.app_id } : {}) }
      await tellGupshup('account-event', { type, payload }, own)
      const isTold = (one: Body) => one.app === app.app_name && isSameKind(one, [type, payload])
      const { body } = await customer.heard('/gupshup', isTold)
      const of = { app: app.app_name, appId: app.app_id, phone: app.source }
      expect(body).toEqual(expected([type, payload], of, named))
    })

    it('a restriction that Gupshup ends between two seconds ends there', async () => {
      const restriction = { restrictionType: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1836986446609 }
      const payload = { status: 'ACCOUNT_RESTRICTED', restrictionInfo: [restriction] }
      await tellGupshup('account-event', { type: 'status-event', payload }, { timestamp: now * 1_000 + 7 })
      const { body } = await customer.heard('/gupshup', (one) => one.timestamp === now * 1_000 + 7)
      expect(body.payload).toEqual({ type: 'status-event', payload })
    })

    function isSameKind(body: Body, [type, payload]: [string, object]): boolean {
      const words = JSON.stringify(body.payload)
      return words.includes(`"${type}"`) && words.includes(String(Object.values(payload)[0]))
    }
  })
}
