import { describe, expect, it } from 'vitest'
import { sendMessage } from './send-message.ts'

const to = { number_id: `num_${'0'.repeat(32)}`, to: '598091234567' }
const link = 'https://example.com/file'
const interactive = (message: Record<string, unknown>) => ({ type: 'interactive', interactive: message })
const body = { text: 'Hello' }
const urlAction = { name: 'cta_url', parameters: { display_text: 'See', url: link } }
const urlCard = (card_index: number) => ({
  card_index,
  type: 'cta_url',
  header: { type: 'image', image: { link } },
  action: urlAction,
})
const section = { title: 'A', rows: [{ id: 'a', title: 'A' }] }

const accepted: Record<string, Record<string, unknown>> = {
  text: { type: 'text', text: { body: 'Hi', preview_url: true } },
  image: { type: 'image', image: { id: '1', caption: 'A' } },
  audio: { type: 'audio', audio: { link, voice: true } },
  video: { type: 'video', video: { link, caption: 'A' } },
  document: { type: 'document', document: { link, filename: 'a.pdf' } },
  sticker: { type: 'sticker', sticker: { id: '1' } },
  location: { type: 'location', location: { latitude: 37.4, longitude: -122.1 } },
  contacts: {
    type: 'contacts',
    contacts: [{ name: { formatted_name: 'Ana P', first_name: 'Ana' }, phones: [{ phone: '+1' }] }],
  },
  reaction: { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '' } },
  template: { type: 'template', template: { name: 'a', language: { code: 'en' } } },
  button: interactive({
    type: 'button',
    header: { type: 'image', image: { id: '1' } },
    body,
    action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'A' } }] },
  }),
  list: interactive({ type: 'list', body, action: { button: 'Options', sections: [section] } }),
  cta_url: interactive({ type: 'cta_url', body, action: urlAction }),
  product: interactive({ type: 'product', action: { catalog_id: '1', product_retailer_id: 's' } }),
  product_list: interactive({
    type: 'product_list',
    header: { type: 'text', text: 'Shop' },
    body,
    action: {
      catalog_id: '1',
      sections: [{ title: 'A', product_items: [{ product_retailer_id: 's' }] }],
    },
  }),
  catalog_message: interactive({ type: 'catalog_message', body, action: { name: 'catalog_message' } }),
  flow: interactive({
    type: 'flow',
    body,
    action: { name: 'flow', parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Book' } },
  }),
  location_request_message: interactive({
    type: 'location_request_message',
    body,
    action: { name: 'send_location' },
  }),
  address_message: interactive({
    type: 'address_message',
    body,
    action: { name: 'address_message', parameters: { country: 'IN' } },
  }),
  call_permission_request: interactive({
    type: 'call_permission_request',
    body,
    action: { name: 'call_permission_request' },
  }),
  voice_call: interactive({ type: 'voice_call', body, action: { name: 'voice_call' } }),
  carousel: interactive({ type: 'carousel', body, action: { cards: [urlCard(0), urlCard(1)] } }),
  order_details: interactive({
    type: 'order_details',
    body,
    action: { name: 'review_and_pay', parameters: { reference_id: '1', currency: 'INR', order: {} } },
  }),
  order_status: interactive({
    type: 'order_status',
    body,
    action: {
      name: 'review_order',
      parameters: { reference_id: '1', order: { status: 'shipped' } },
    },
  }),
  request_contact_info: interactive({
    type: 'request_contact_info',
    body,
    action: { name: 'request_contact_info' },
  }),
}

const flow = (parameters: Record<string, unknown>) =>
  interactive({
    type: 'flow',
    body,
    action: {
      name: 'flow',
      parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Book', ...parameters },
    },
  })
const row = (id: string) => ({ id, title: id })
const refused: [string, string, Record<string, unknown>][] = [
  ['text.body', 'an empty text', { type: 'text', text: { body: '' } }],
  ['text.body', 'a text that is too long', { type: 'text', text: { body: 'a'.repeat(4097) } }],
  ['image.link', 'a file with id and link', { type: 'image', image: { id: '1', link } }],
  ['image.link', 'a file with neither', { type: 'image', image: {} }],
  ['audio', 'a caption on audio', { type: 'audio', audio: { id: '1', caption: 'A' } }],
  [
    'location.latitude',
    'a place off the earth',
    { type: 'location', location: { latitude: 91, longitude: 0 } },
  ],
  [
    'contacts.0.name',
    'a contact without a part of its name',
    { type: 'contacts', contacts: [{ name: { formatted_name: 'Ana' } }] },
  ],
  ['interactive.type', 'an unknown kind', interactive({ type: 'poll', body })],
  [
    'interactive.action.buttons',
    'two buttons of one id',
    interactive({
      type: 'button',
      body,
      action: { buttons: ['A', 'B'].map((title) => ({ type: 'reply', reply: { id: 'a', title } })) },
    }),
  ],
  [
    'interactive.action.sections',
    'eleven rows',
    interactive({
      type: 'list',
      body,
      action: {
        button: 'Go',
        sections: ['ab', 'cd'].map((title, i) => ({
          title,
          rows: Array.from({ length: 6 }, (_, n) => row(`${i}-${n}`)),
        })),
      },
    }),
  ],
  [
    'interactive.action.parameters.flow_id',
    'a flow without id and name',
    interactive({
      type: 'flow',
      body,
      action: { name: 'flow', parameters: { flow_message_version: '3', flow_cta: 'Book' } },
    }),
  ],
  [
    'interactive.action.cards',
    'cards of two kinds',
    interactive({
      type: 'carousel',
      body,
      action: {
        cards: [
          urlCard(0),
          { card_index: 1, type: 'product', action: { product_retailer_id: 's', catalog_id: '1' } },
        ],
      },
    }),
  ],
  [
    'interactive.action.cards',
    'cards of one index',
    interactive({ type: 'carousel', body, action: { cards: [urlCard(0), urlCard(0)] } }),
  ],
  [
    'interactive.action.parameters.flow_action_payload',
    'a flow without a screen',
    flow({ flow_action: 'navigate' }),
  ],
  [
    'interactive.action.parameters.flow_cta',
    'an emoji on the button of a flow',
    flow({ flow_cta: 'Book 📅' }),
  ],
  [
    'interactive.action.parameters.flow_action_payload.data',
    'empty data for a flow',
    flow({ flow_action_payload: { screen: 'FIRST', data: {} } }),
  ],
  [
    'reaction.emoji',
    'a word as a reaction',
    { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: 'yes' } },
  ],
  [
    'context',
    'a reaction that answers a message',
    {
      type: 'reaction',
      reaction: { message_id: 'wamid.1', emoji: '👍' },
      context: { message_id: 'wamid.2' },
    },
  ],
]

describe('a message to send', () => {
  it.each(Object.entries(accepted))('%s is taken', (_, message) => {
    expect(sendMessage.safeParse({ ...to, ...message }).error?.issues).toBeUndefined()
  })

  it.each(refused)('is refused naming %s: %s', (path, _, message) => {
    const paths = sendMessage
      .safeParse({ ...to, ...message })
      .error?.issues.map((issue) => issue.path.join('.'))
    expect(paths).toContain(path)
  })
})

it('a message goes to a phone or to a user id, and to one of the two', () => {
  const text = { number_id: `num_${'0'.repeat(32)}`, type: 'text', text: { body: 'Hello' } }
  const isTaken = (to: object) => sendMessage.safeParse({ ...text, ...to }).success
  expect(isTaken({ to: '598091234567' })).toBe(true)
  expect(isTaken({ recipient: 'US.13491208655302741918' })).toBe(true)
  expect(isTaken({})).toBe(false)
  expect(isTaken({ to: '598091234567', recipient: 'US.1' })).toBe(false)
  expect(isTaken({ recipient: '598091234567' })).toBe(false)
})
