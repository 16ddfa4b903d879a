import { describe, expect, test } from 'vitest'
import {
  bodyOf,
  customerPhone,
  customerUserId,
  messageBody,
  messagesEntry,
  phoneNumberId,
  wabaId,
} from '../../testing/sample-bodies.ts'
import { parseMetaWebhook } from './parse-webhook.ts'

const origin = { waba_id: wabaId, phone_number_id: phoneNumberId }

function factsOf(body: Buffer) {
  const { facts, problems } = parseMetaWebhook(body)
  expect(problems).toEqual([])
  return facts
}

describe('an inbound message', () => {
  test('a text says who, when and what', () => {
    expect(factsOf(messageBody({ type: 'text', text: { body: 'Hola, ¿está abierto?' } }))).toEqual([
      {
        kind: 'message',
        ...origin,
        external_id: 'wamid.IN1',
        from_phone: customerPhone,
        from_user_id: customerUserId,
        username: null,
        profile_name: 'Ana Pereira',
        at: new Date('2025-11-03T10:00:00Z'),
        type: 'text',
        content: { text: { body: 'Hola, ¿está abierto?' } },
        context_external_id: null,
        opens_window: true,
        group_id: null,
      },
    ])
  })

  const kept: [string, object][] = [
    [
      'image',
      {
        caption: 'The door',
        mime_type: 'image/jpeg',
        sha256: 'c2hh',
        id: '901',
        url: 'https://lookaside.fbsbx.com/1',
      },
    ],
    ['video', { caption: 'The street', mime_type: 'video/mp4', sha256: 'c2hh', id: '902' }],
    ['audio', { mime_type: 'audio/ogg; codecs=opus', sha256: 'c2hh', id: '903', voice: true }],
    ['document', { caption: 'My order', filename: 'order.pdf', mime_type: 'application/pdf', id: '904' }],
    ['sticker', { mime_type: 'image/webp', sha256: 'c2hh', id: '905', animated: true }],
    [
      'location',
      { latitude: -34.90122233445, longitude: -56.16453112233, name: 'Shop', address: 'Main Street 1' },
    ],
    [
      'contacts',
      [{ name: { formatted_name: 'Luis R.' }, phones: [{ phone: '+598 99 222 333', wa_id: '59899222333' }] }],
    ],
    ['button', { payload: 'STOP', text: 'Stop updates' }],
    ['interactive', { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } }],
    [
      'interactive',
      { type: 'list_reply', list_reply: { id: 'am', title: 'Morning', description: '9 to 12' } },
    ],
    [
      'interactive',
      { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"a":"1"}' } },
    ],
    ['interactive', { type: 'call_permission_reply', call_permission_reply: { response: 'accept' } }],
    [
      'order',
      { catalog_id: '77', text: 'Please', product_items: [{ product_retailer_id: 'p1', quantity: 2 }] },
    ],
  ]
  test.each(kept)('%s is kept under its name as it came', (type, content) => {
    const [fact] = factsOf(messageBody({ type, [type]: content }))
    expect(fact).toMatchObject({ kind: 'message', type, opens_window: true })
    expect(fact?.kind === 'message' && fact.content).toEqual({ [type]: content })
  })

  test('what it quotes, and the ad it came from, are kept', () => {
    const context = { from: '59829001234', id: 'wamid.QUOTED' }
    const referral = { source_type: 'ad', source_id: '55', ctwa_clid: 'AB' }
    const [fact] = factsOf(messageBody({ type: 'text', text: { body: 'Yes' }, context, referral }))
    expect(fact).toMatchObject({ context_external_id: 'wamid.QUOTED', content: { referral } })
  })

  test('a question about a product keeps which one', () => {
    const referred_product = { catalog_id: '77', product_retailer_id: 'p1' }
    const context = { from: '59899000001', id: 'wamid.card', referred_product }
    const [fact] = factsOf(messageBody({ type: 'text', text: { body: 'Still there?' }, context }))
    expect(fact).toMatchObject({ content: { text: { body: 'Still there?' }, referred_product } })
  })

  test('an unsupported one keeps what Meta says about it', () => {
    const errors = [{ code: 131051, title: 'Message type unknown' }]
    const [fact] = factsOf(messageBody({ type: 'unsupported', unsupported: { type: 'poll' }, errors }))
    expect(fact).toMatchObject({ type: 'unsupported', content: { unsupported: { type: 'poll' }, errors } })
  })

  test('a type that did not exist yet is kept as it came', () => {
    const [fact] = factsOf(messageBody({ type: 'hologram', hologram: { url: 'x' } }))
    expect(fact).toMatchObject({
      kind: 'message',
      type: 'hologram',
      content: { raw: { type: 'hologram', hologram: { url: 'x' } } },
    })
  })

  test.each([
    ['text', 'hello'],
    ['text', { body: 7 }],
    ['image', null],
    ['contacts', 'x'],
  ])('a %s of another form is kept as it came', (type, content) => {
    const [fact] = factsOf(messageBody({ type, [type]: content }))
    expect(fact).toMatchObject({ kind: 'message', type, content: { raw: { [type]: content } } })
  })

  test('edits and take-backs are kept, and open no window', () => {
    const edit = { original_message_id: 'wamid.OLD', message: { type: 'text', text: { body: 'New' } } }
    const facts = factsOf(
      bodyOf(
        messagesEntry({
          messages: [
            { from: customerPhone, id: 'wamid.E', timestamp: '1762164000', type: 'edit', edit },
            {
              from: customerPhone,
              id: 'wamid.R',
              timestamp: '1762164000',
              type: 'revoke',
              revoke: { original_message_id: 'wamid.OLD' },
            },
          ],
        }),
      ),
    )
    expect(facts).toMatchObject([
      { kind: 'message', type: 'edit', opens_window: false },
      { kind: 'message', type: 'revoke', opens_window: false },
    ])
  })

  test('a group message says which group it belongs to, so that it lands in no conversation with one person', () => {
    const [fact] = factsOf(messageBody({ type: 'text', text: { body: 'all' }, group_id: 'G1' }))
    expect(fact).toMatchObject({ kind: 'message', type: 'text', group_id: 'G1', from_phone: '59899123456' })
  })
})
