import { describe, expect, test } from 'vitest'
import { bodyOf, customerPhone, entryOf, messagesEntry } from '../../testing/sample-bodies.ts'
import { parseMetaWebhook } from './parse-webhook.ts'

function factsOf(body: Buffer) {
  const { facts, problems } = parseMetaWebhook(body)
  expect(problems).toEqual([])
  return facts
}
const factOf = (field: string, value: object) =>
  factsOf(bodyOf(entryOf(field, value, { time: 1762164000 })))[0]

describe('what Parley does not know', () => {
  test.each(['messaging_handovers', 'standby', 'tracking_events', 'made_up'])('field %s is kept', (field) => {
    expect(factOf(field, { event: 'E', n: 1 })).toMatchObject({
      kind: 'unknown',
      field,
      type: 'E',
      value: { event: 'E', n: 1 },
    })
  })

  test('link clicks and errors that name no message are understood', () => {
    const body = bodyOf(
      messagesEntry({
        user_actions: [{ action_type: 'marketing_messages_link_click' }],
        errors: [{ code: 130429, title: 'Rate limit hit', error_data: { details: 'Slow down' } }, 'odd'],
      }),
    )
    expect(factsOf(body)).toMatchObject([
      { kind: 'click', action: 'marketing_messages_link_click' },
      { kind: 'error', error: { code: '130429', title: 'Rate limit hit', detail: 'Slow down' } },
      { kind: 'unknown', type: 'error', value: 'odd' },
    ])
  })

  test('an empty change and a foreign object are kept', () => {
    expect(factOf('messages', {})).toMatchObject({ kind: 'unknown', field: 'messages' })
    expect(factsOf(Buffer.from('{"object":"page","entry":[]}'))).toMatchObject([
      { kind: 'unknown', field: 'page' },
    ])
    expect(factsOf(Buffer.from('[1]'))).toMatchObject([{ kind: 'unknown', field: '' }])
  })
})

test.each(['{"entry":[]}', '{"object":"whatsapp_business_account"}', '{"entry":[{"id":"1","changes":{}}]}'])(
  'a body that says nothing says why: %s',
  (body) => {
    expect(parseMetaWebhook(Buffer.from(body))).toMatchObject({
      facts: [],
      problems: [{ path: '$', reason: 'It says nothing: no change stands in it.' }],
    })
  },
)

test('every entry, change, message and status of a batch is taken, in order', () => {
  const message = (id: string) => ({
    from: customerPhone,
    id,
    timestamp: '1762164000',
    type: 'text',
    text: { body: id },
  })
  const status = (id: string) => ({
    id,
    status: 'sent',
    timestamp: '1762164000',
    recipient_id: customerPhone,
  })
  const body = bodyOf(
    messagesEntry({ messages: [message('1'), message('2')], statuses: [status('3'), status('4')] }),
    {
      id: '700555',
      changes: [
        { field: 'account_review_update', value: { decision: 'APPROVED' } },
        { field: 'x', value: {} },
      ],
    },
    messagesEntry({ messages: [message('5')] }),
  )
  const facts = factsOf(body)
  expect(facts.map((fact) => ('external_id' in fact ? fact.external_id : fact.kind))).toEqual([
    '1',
    '2',
    '3',
    '4',
    'account',
    'unknown',
    '5',
  ])
  expect(facts[4]).toMatchObject({ waba_id: '700555', phone_number_id: null })
})
