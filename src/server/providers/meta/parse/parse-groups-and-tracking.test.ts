import { describe, expect, test } from 'vitest'
import { bodyOf, customerPhone, entryOf, phoneNumberId } from '../../testing/sample-bodies.ts'
import { parseMetaWebhook } from './parse-webhook.ts'

const metadata = { display_phone_number: '+598 2900 1234', phone_number_id: phoneNumberId }
const at = new Date(1_762_164_000_000)
const timestamp = '1762164000'

function told(field: string, value: object) {
  return parseMetaWebhook(bodyOf(entryOf(field, { metadata, ...value }))).facts
}

describe('groups', () => {
  const group = { timestamp, group_id: 'R3JvdXA', type: 'group_participants_add' }

  test('who came is told, under a name made of what is said', () => {
    const joined = { ...group, reason: 'invite_link', added_participants: [{ wa_id: customerPhone }] }
    const [fact] = told('group_participants_update', { groups: [joined] })
    expect(fact).toMatchObject({
      ...{ kind: 'group', group_id: 'R3JvdXA', change: 'group_participants_add', reason: 'invite_link', at },
      members: [{ phone: customerPhone, user_id: null }],
    })
    const [again] = told('group_participants_update', { groups: [joined] })
    expect(again).toEqual(fact)
  })

  test.each(['group_lifecycle_update', 'group_settings_update', 'group_status_update'])(
    '%s is understood, whatever else it says',
    (field) => {
      const [fact] = told(field, { groups: [{ timestamp, group_id: 'R3JvdXA', subject: 'Keys', odd: [1] }] })
      expect(fact).toMatchObject({ kind: 'group', change: field, subject: 'Keys', members: [] })
    },
  )

  test.each([[null], ['text'], [{}], [{ group_id: 7, added_participants: 'x' }], [{ group_id: ['x'] }]])(
    'nonsense sinks nothing (%j)',
    (item) => {
      const facts = told('group_status_update', { groups: [item, group] })
      expect(facts).toHaveLength(2)
      expect(facts[1]).toMatchObject({ kind: 'group', group_id: 'R3JvdXA' })
    },
  )
})

describe('tracking', () => {
  test('a purchase names its message and amount', () => {
    const event = {
      id: 'wamid.AD1',
      event_name: 'Purchase',
      timestamp: 1_762_164_000,
      custom_data: { currency: 'UYU', value: 1200 },
    }
    expect(told('automatic_events', { automatic_events: [event, { id: 'wamid.AD2' }] })).toMatchObject([
      { kind: 'conversion', external_id: 'wamid.AD1', event: 'Purchase', amount: '1200 UYU', at },
      { kind: 'unknown', field: 'automatic_events' },
    ])
  })

  test('a tap on a link tells which, and of whom nothing', () => {
    const action = {
      action_type: 'marketing_messages_link_click',
      timestamp,
      marketing_messages_link_click_data: {
        click_component: 'cta',
        product_id: 'key-7',
        tracking_token: 'T1',
      },
    }
    expect(told('messages', { user_actions: [action, 'x'] })).toMatchObject([
      { kind: 'click', action: action.action_type, component: 'cta', product: 'key-7', tracking: 'T1', at },
      { kind: 'unknown' },
    ])
  })
})
