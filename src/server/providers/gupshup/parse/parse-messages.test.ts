import { describe, expect, test } from 'vitest'
import { parseGupshupWebhook } from './parse-gupshup-webhook.ts'

const phone = '59899123456'
const at = new Date('2025-11-03T10:00:00.250Z')

function body(payload: object, more: object = {}): Buffer {
  const inbound = { id: 'ABEGwaIN1', source: phone, sender: sender, ...payload }
  const event = { app: 'ShopLine', timestamp: at.getTime(), version: 2, type: 'message', payload: inbound }
  return Buffer.from(JSON.stringify({ ...event, ...more }))
}
const sender = { phone, name: 'Ana Pereira', country_code: '598', dial_code: '99123456' }

function onlyFact(bytes: Buffer) {
  const { facts, problems } = parseGupshupWebhook(bytes)
  expect(problems).toEqual([])
  expect(facts).toHaveLength(1)
  return facts[0]
}

const fileUrl = 'https://filemanager.gupshup.io/wa/11/wa/media/22?download=false'

describe('an inbound message of Gupshup', () => {
  test('is told whole', () => {
    expect(onlyFact(body({ type: 'text', payload: { text: 'Hola' } }))).toEqual({
      kind: 'message',
      waba_id: null,
      phone_number_id: null,
      external_id: 'ABEGwaIN1',
      from_phone: phone,
      from_user_id: null,
      username: null,
      profile_name: 'Ana Pereira',
      at,
      type: 'text',
      content: { text: { body: 'Hola' } },
      context_external_id: null,
      opens_window: true,
      group_id: null,
    })
  })

  test.each<[string, object, string, object]>([
    [
      'image',
      { type: 'image', payload: { caption: 'Esta', url: fileUrl, contentType: 'image/jpeg', urlExpiry: 1 } },
      'image',
      { image: { id: fileUrl, url: fileUrl, caption: 'Esta', mime_type: 'image/jpeg' } },
    ],
    [
      'file',
      { type: 'file', payload: { name: 'pedido.pdf', url: fileUrl, contentType: 'application/pdf' } },
      'document',
      { document: { id: fileUrl, url: fileUrl, mime_type: 'application/pdf', filename: 'pedido.pdf' } },
    ],
    [
      'audio',
      { type: 'audio', payload: { url: fileUrl, contentType: 'audio/ogg; codecs=opus' } },
      'audio',
      { audio: { id: fileUrl, url: fileUrl, mime_type: 'audio/ogg; codecs=opus' } },
    ],
    [
      'video',
      { type: 'video', payload: { url: fileUrl } },
      'video',
      { video: { id: fileUrl, url: fileUrl } },
    ],
    [
      'sticker',
      { type: 'sticker', payload: { url: fileUrl } },
      'sticker',
      { sticker: { id: fileUrl, url: fileUrl } },
    ],
    ['image without an address', { type: 'image', payload: {} }, 'image', { raw: expect.anything() }],
    [
      'location',
      { type: 'location', payload: { longitude: '-56.2', latitude: '-34.9', name: 'Casa' } },
      'location',
      { location: { latitude: -34.9, longitude: -56.2, name: 'Casa' } },
    ],
    [
      'contact',
      { type: 'contact', payload: { contacts: [{ name: { formatted_name: 'Luis' } }] } },
      'contacts',
      { contacts: [{ name: { formatted_name: 'Luis' } }] },
    ],
    [
      'tap on a template’s button',
      { type: 'quick_reply', payload: { text: 'Sí', type: 'button', postbackText: 'camp-3:0' } },
      'button',
      { button: { text: 'Sí', payload: 'camp-3:0' } },
    ],
    [
      'tap that comes as text',
      { type: 'text', payload: { text: 'Ver saldo', type: 'button' } },
      'button',
      { button: { text: 'Ver saldo', payload: 'Ver saldo' } },
    ],
    [
      'reply button',
      {
        type: 'button_reply',
        payload: { title: 'No', id: 'reply_buttons', reply: 'No 2', postbackText: 'no' },
      },
      'interactive',
      { interactive: { type: 'button_reply', button_reply: { id: 'no', title: 'No' } } },
    ],
    [
      'reply button of somebody else’s making',
      { type: 'button_reply', payload: { title: 'No', id: 'qr', reply: 'No 2' } },
      'interactive',
      { interactive: { type: 'button_reply', button_reply: { id: 'No 2', title: 'No' } } },
    ],
    [
      'row of a list',
      {
        type: 'list_reply',
        payload: { title: 'Chica', id: 'list', reply: 'Chica 1', postbackText: 's', description: '30 cm' },
      },
      'interactive',
      { interactive: { type: 'list_reply', list_reply: { id: 's', title: 'Chica', description: '30 cm' } } },
    ],
    [
      'message from an ad',
      { type: 'text', payload: { text: 'Info' }, referral: { source_id: '77' } },
      'text',
      { text: { body: 'Info' }, referral: { source_id: '77' } },
    ],
    ['type that is new', { type: 'hologram', payload: { depth: 3 } }, 'hologram', { raw: expect.anything() }],
  ])('%s', (_, payload, type, content) => {
    expect(onlyFact(body(payload))).toMatchObject({ kind: 'message', type, content })
  })

  test.each([
    ['our id before WhatsApp’s', { id: 'gBEGwa1', gsId: '5d0f4b1e-4444' }, '5d0f4b1e-4444'],
    ['WhatsApp’s where ours is left out', { id: 'gBEGwa1', forwarded: false }, 'gBEGwa1'],
  ])('quotes by %s', (_, context, expected) => {
    const fact = onlyFact(body({ type: 'text', payload: { text: 'x' }, context }))
    expect(fact).toMatchObject({ context_external_id: expected })
  })

  test('of a person without a phone has the user id', () => {
    const hidden = { source: undefined, sender: { name: 'Bo', userid: 'UY.77' } }
    expect(onlyFact(body({ type: 'text', payload: { text: 'x' }, ...hidden }))).toMatchObject({
      from_phone: null,
      from_user_id: 'UY.77',
    })
  })

  test('that is a reaction is told as one, with its emoji or without', () => {
    const told = { type: 'reaction', payload: { emoji: '❤️', id: 'gBEGwa1', gsId: '5d0f4b1e-4444' } }
    expect(onlyFact(body(told))).toMatchObject({
      kind: 'reaction',
      target_external_id: '5d0f4b1e-4444',
      emoji: '❤️',
      from_phone: phone,
    })
    const back = { type: 'reaction', payload: { id: 'gBEGwa1' } }
    expect(onlyFact(body(back))).toMatchObject({ kind: 'reaction', target_external_id: 'gBEGwa1', emoji: '' })
  })

  test('names the app it came to', () => {
    const bytes = body({ type: 'text', payload: { text: 'x' } }, { appId: 'app-5' })
    expect(parseGupshupWebhook(bytes).app_id).toBe('app-5')
  })
})
