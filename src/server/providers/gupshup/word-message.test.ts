import { describe, expect, test } from 'vitest'
import type { OutgoingMessage } from '../channel.ts'
import { wordMessage } from './word-message.ts'

function outgoing(payload: object, template_external_id: string | null = null): OutgoingMessage {
  return { phone_number_id: '59829001234', payload: { to: '59899123456', ...payload }, template_external_id }
}

function messageOf(payload: object): unknown {
  const worded = wordMessage(outgoing(payload))
  if (!worded.ok) throw new Error(worded.reason)
  expect(worded.path).toBe('/wa/api/v1/msg')
  expect(worded.destination).toBe('59899123456')
  return JSON.parse(worded.fields.message ?? '')
}

const link = 'https://cdn.example/files/menu.pdf'

describe('a session message in Gupshup’s form', () => {
  test.each<[string, object, unknown]>([
    ['text', { type: 'text', text: { body: 'Hola' } }, { type: 'text', text: 'Hola', previewUrl: false }],
    [
      'text with a preview',
      { type: 'text', text: { body: 'https://a.example', preview_url: true } },
      { type: 'text', text: 'https://a.example', previewUrl: true },
    ],
    [
      'image',
      { type: 'image', image: { link, caption: 'Menu' } },
      { type: 'image', originalUrl: link, previewUrl: link, caption: 'Menu' },
    ],
    ['video', { type: 'video', video: { link, caption: 'v' } }, { type: 'video', url: link, caption: 'v' }],
    ['audio', { type: 'audio', audio: { link, caption: 'no' } }, { type: 'audio', url: link }],
    ['sticker', { type: 'sticker', sticker: { link } }, { type: 'sticker', url: link }],
    [
      'document',
      { type: 'document', document: { link, filename: 'Menu.pdf' } },
      { type: 'file', url: link, filename: 'Menu.pdf' },
    ],
    [
      'document without a name',
      { type: 'document', document: { link } },
      { type: 'file', url: link, filename: 'menu.pdf' },
    ],
    [
      'location',
      { type: 'location', location: { latitude: -34.9, longitude: -56.2, name: 'Office' } },
      { type: 'location', latitude: -34.9, longitude: -56.2, name: 'Office' },
    ],
    [
      'contact',
      { type: 'contacts', contacts: [{ name: { formatted_name: 'Ana' } }] },
      { type: 'contact', contact: { name: { formatted_name: 'Ana' } } },
    ],
    [
      'reaction',
      { type: 'reaction', reaction: { message_id: 'ABEG1', emoji: '👍' } },
      { type: 'reaction', msgId: 'ABEG1', emoji: '👍' },
    ],
    [
      'reaction taken back',
      { type: 'reaction', reaction: { message_id: 'ABEG1', emoji: '' } },
      { type: 'reaction', msgId: 'ABEG1', emoji: '' },
    ],
  ])('%s', (_, payload, expected) => {
    expect(messageOf(payload)).toEqual(expected)
  })

  test('reply buttons, their ids as what comes back', () => {
    const interactive = {
      type: 'button',
      header: { type: 'text', text: 'Order 7' },
      body: { text: 'Is the address right?' },
      footer: { text: 'Shop' },
      action: {
        buttons: [
          { type: 'reply', reply: { id: 'yes', title: 'Yes' } },
          { type: 'reply', reply: { id: 'no', title: 'No' } },
        ],
      },
    }
    expect(messageOf({ type: 'interactive', interactive })).toEqual({
      type: 'quick_reply',
      msgid: 'reply_buttons',
      content: { type: 'text', header: 'Order 7', text: 'Is the address right?', caption: 'Shop' },
      options: [
        { type: 'text', title: 'Yes', postbackText: 'yes' },
        { type: 'text', title: 'No', postbackText: 'no' },
      ],
    })
  })

  test('a list', () => {
    const rows = [{ id: 's', title: 'Small', description: '30 cm' }]
    const interactive = {
      type: 'list',
      body: { text: 'Which size?' },
      action: { button: 'Sizes', sections: [{ title: 'Pizza', rows }] },
    }
    expect(messageOf({ type: 'interactive', interactive })).toEqual({
      type: 'list',
      title: '',
      body: 'Which size?',
      msgid: 'list',
      globalButtons: [{ type: 'text', title: 'Sizes' }],
      items: [
        {
          title: 'Pizza',
          options: [{ type: 'text', title: 'Small', description: '30 cm', postbackText: 's' }],
        },
      ],
    })
  })

  test.each<[string, object]>([
    ['a file by its id at Meta', { type: 'image', image: { id: '4490709327384033' } }],
    ['a link button', { type: 'interactive', interactive: { type: 'cta_url' } }],
    ['two contact cards', { type: 'contacts', contacts: [{}, {}] }],
    ['a type that is new', { type: 'hologram', hologram: {} }],
    ['a template whose id is not known', { type: 'template', template: { name: 'hi' } }],
    ['a person without a phone', { type: 'text', text: { body: 'x' }, to: undefined, recipient: 'UY.1' }],
  ])('has no form for %s, and says so', (_, payload) => {
    const worded = wordMessage(outgoing(payload))
    expect(worded).toMatchObject({ ok: false })
    expect('reason' in worded && worded.reason).toMatch(/\.$/)
  })
})

describe('a template in Gupshup’s form', () => {
  function fieldsOf(components: object[]): Record<string, unknown> {
    const template = { name: 'order', language: { code: 'es' }, components }
    const worded = wordMessage(outgoing({ type: 'template', template }, '5d0f4b1e-2222'))
    if (!worded.ok) throw new Error(worded.reason)
    expect(worded.path).toBe('/wa/api/v1/template/msg')
    return Object.fromEntries(Object.entries(worded.fields).map(([key, value]) => [key, JSON.parse(value)]))
  }
  const texts = (...values: string[]) => values.map((text) => ({ type: 'text', text }))

  test('has its values in one list: header, body, buttons, whatever the order they come in', () => {
    const components = [
      { type: 'button', sub_type: 'url', index: '1', parameters: texts('track-7') },
      { type: 'body', parameters: texts('Ana', 'A-7') },
      {
        type: 'button',
        sub_type: 'copy_code',
        index: '0',
        parameters: [{ type: 'coupon_code', coupon_code: 'C5' }],
      },
      { type: 'header', parameters: texts('March') },
    ]
    const params = ['March', 'Ana', 'A-7', 'C5', 'track-7']
    expect(fieldsOf(components)).toEqual({ template: { id: '5d0f4b1e-2222', params } })
  })

  test('carries the file of its header beside the values', () => {
    const image = { link: 'https://cdn.example/a.jpg' }
    const components = [
      { type: 'header', parameters: [{ type: 'image', image }] },
      { type: 'body', parameters: texts('Ana') },
    ]
    expect(fieldsOf(components)).toEqual({
      template: { id: '5d0f4b1e-2222', params: ['Ana'] },
      message: { type: 'image', image },
    })
  })

  test('gives what quick replies send back', () => {
    const components = [
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: '0',
        parameters: [{ type: 'payload', payload: 'stop' }],
      },
    ]
    expect(fieldsOf(components)).toEqual({
      template: { id: '5d0f4b1e-2222', params: [] },
      postbackTexts: [{ index: 0, text: 'stop' }],
    })
  })

  test('without values has an empty list', () => {
    expect(fieldsOf([])).toEqual({ template: { id: '5d0f4b1e-2222', params: [] } })
  })
})
