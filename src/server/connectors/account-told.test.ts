import { describe, expect, it } from 'vitest'
import type { News } from './account-news.ts'
import { accountConsequences } from './account-told.ts'

const at = new Date('2026-02-03T10:00:00Z')
const news = (topic: News['topic'], more: Partial<News> = {}): News => ({
  topic,
  aspect: '',
  change: 'WORD',
  previous: null,
  value: null,
  details: {},
  ...more,
})
const ends = '2026-02-10T10:00:00.000Z'
const messaging = { type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expires_at: ends }
const adding = { type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expires_at: null }

describe('what follows from news of an account', () => {
  it.each<[string, News, string | null, string[], string[]]>([
    ['approved', news('review', { change: 'APPROVED' }), 'APPROVED', [], ['account_review_rejected']],
    ['rejected', news('review', { change: 'REJECTED' }), 'REJECTED', ['account_review_rejected'], []],
    ['violation', news('violation'), 'violation', ['account_violation'], []],
    [
      'banned',
      news('ban', { value: 'DISABLE' }),
      'disabled',
      ['account_disabled'],
      ['account_ban_scheduled', 'account_reinstated'],
    ],
    [
      'deleted',
      news('ban', { value: 'DELETED' }),
      'disabled',
      ['account_disabled'],
      ['account_ban_scheduled', 'account_reinstated'],
    ],
    ['to be banned', news('ban', { value: 'SCHEDULE_FOR_DISABLE' }), 'other', ['account_ban_scheduled'], []],
    [
      'reinstated',
      news('ban', { value: 'REINSTATE' }),
      'reinstated',
      ['account_reinstated'],
      ['account_disabled', 'account_ban_scheduled'],
    ],
    ['verified', news('verification'), 'verified', [], []],
    ['left', news('connection', { change: 'PARTNER_REMOVED' }), 'other', ['account_disconnected'], []],
    ['back', news('connection', { change: 'ACCOUNT_RECONNECTED' }), 'other', [], ['account_disconnected']],
    [
      'alert',
      news('alert', { details: { severity: 'WARNING', status: 'ACTIVE' } }),
      null,
      ['account_alert'],
      [],
    ],
    ['alert over', news('alert', { details: { status: 'NONE' } }), null, [], ['account_alert']],
    ['good to know', news('alert', { details: { severity: 'INFORMATIONAL' } }), null, [], []],
    ['flow errors', news('flow', { details: { state: 'ACTIVATED' } }), null, ['flow_trouble'], []],
    ['flow fine', news('flow', { details: { state: 'DEACTIVATED' } }), null, [], ['flow_trouble']],
    ['flow published', news('flow'), null, [], []],
    ['something else', news('other'), null, [], []],
  ])('%s', (_, told, status, raised, resolved) => {
    const { event, raise, resolve } = accountConsequences(told, at)
    expect(event?.data.status ?? null).toBe(status)
    expect(raise.map(({ kind }) => kind)).toEqual(raised)
    expect(resolve).toEqual(resolved)
  })

  it('restrictions of messages and of other things end each at their own time', () => {
    const { event, raise } = accountConsequences(
      news('restriction', { details: { restrictions: [messaging, adding] } }),
      at,
    )
    expect(event?.data).toEqual({ status: 'restricted', restrictions: [messaging, adding] })
    expect(raise).toEqual([
      { kind: 'account_restricted', params: { types: [messaging.type] }, expires_at: new Date(ends) },
      { kind: 'account_features_restricted', params: { types: [adding.type] }, expires_at: null },
    ])
  })
})
