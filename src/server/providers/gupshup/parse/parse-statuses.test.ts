import { describe, expect, test } from 'vitest'
import { parseGupshupWebhook } from './parse-gupshup-webhook.ts'

const gsId = '5d0f4b1e-5555-4b7c-9a40-00f5d6a7e105'
const waId = 'gBEGwaOUT1'
const phone = '59899123456'
const told = new Date('2025-11-03T10:00:05.000Z')
const ts = 1762164003

function event(payload: object): Buffer {
  const whole = { app: 'ShopLine', timestamp: told.getTime(), version: 2, type: 'message-event', payload }
  return Buffer.from(JSON.stringify(whole))
}

function factsOf(bytes: Uint8Array) {
  const { facts, problems } = parseGupshupWebhook(bytes)
  expect(problems).toEqual([])
  return facts
}

describe('a message-event', () => {
  test('enqueued names WhatsApp’s id of the message that sending called otherwise', () => {
    const payload = { whatsappMessageId: waId, type: 'session' }
    expect(factsOf(event({ id: gsId, type: 'enqueued', destination: phone, payload }))).toEqual([
      {
        kind: 'status',
        waba_id: null,
        phone_number_id: null,
        external_id: gsId,
        whatsapp_id: waId,
        status: 'enqueued',
        recipient: phone,
        recipient_user_id: null,
        at: told,
        opaque: null,
        error: null,
        pricing: null,
        conversation: null,
      },
    ])
  })

  test.each(['delivered', 'read'])('%s has both ids', (type) => {
    const [fact] = factsOf(event({ id: waId, gsId, type, destination: phone, payload: { ts } }))
    expect(fact).toMatchObject({
      status: type,
      external_id: gsId,
      whatsapp_id: waId,
      at: new Date(ts * 1000),
    })
  })

  test('sent has the price and the conversation', () => {
    const pricing = { policy: 'PMP', category: 'marketing' }
    const conversation = { id: 'c', expiresAt: 1762250400, type: 'marketing' }
    const sent = { id: waId, gsId, type: 'sent', destination: phone, payload: { ts }, conversation, pricing }
    expect(factsOf(event(sent))[0]).toMatchObject({
      status: 'sent',
      pricing: { category: 'marketing', type: null, model: 'PMP', billable: null },
      conversation: { id: 'c', origin: 'marketing', expires_at: '2025-11-04T10:00:00.000Z' },
    })
  })

  test('deleted takes back what somebody wrote', () => {
    expect(factsOf(event({ id: waId, type: 'deleted', destination: phone }))).toMatchObject([
      {
        ...{ kind: 'message', type: 'revoke', from_phone: phone, opens_window: false },
        content: { revoke: { original_message_id: waId } },
      },
    ])
  })

  test('a week later has WhatsApp’s id alone', () => {
    const [fact] = factsOf(event({ id: waId, type: 'read', destination: phone, payload: { ts } }))
    expect(fact).toMatchObject({ external_id: waId, whatsapp_id: null })
  })

  test.each([
    ['on Gupshup’s side', { id: gsId }, 1008, 'gupshup.1008'],
    ['on WhatsApp’s side', { id: 'some-other-uuid', gsId }, 470, 'gupshup.470'],
    ['with a code of Meta', { id: 'some-other-uuid', gsId }, 131049, '131049'],
  ])('failed %s names our id and no other', (_, ids, code, expected) => {
    const payload = { code, reason: 'No' }
    expect(factsOf(event({ ...ids, type: 'failed', destination: phone, payload }))[0]).toMatchObject({
      status: 'failed',
      external_id: gsId,
      whatsapp_id: null,
      error: { code: expected, title: 'No', detail: null },
    })
  })

  test.each(['deleted', 'mismatch', 'others'])('%s is kept', (type) => {
    expect(factsOf(event({ id: waId, type }))[0]).toMatchObject({
      kind: 'unknown',
      field: 'message-event',
      type,
    })
  })
})

describe('a delivery event of the console', () => {
  const delivery = {
    srcAddr: '59829001234',
    channel: 'WHATSAPP',
    hsmTemplateId: '630',
    externalId: '487391-1281164',
    cause: 'SENT',
    errorCode: '025',
    destAddr: phone,
    eventType: 'SENT',
    eventTs: 1762164003000,
    conversation: { id: 'c', expiration_timestamp: 1762250403, origin: { type: 'marketing' } },
    pricing: { category: 'marketing' },
  }
  const asForm = (list: object[]) => Buffer.from(`response=${encodeURIComponent(JSON.stringify(list))}`)

  test.each<[string, Buffer, number]>([
    ['an object', Buffer.from(JSON.stringify(delivery)), 1],
    ['a list', Buffer.from(JSON.stringify([delivery, { ...delivery, eventType: 'DELIVERED' }])), 2],
    ['an object with a list in it', Buffer.from(JSON.stringify({ response: [delivery, delivery] })), 2],
    ['a form with a list in it', asForm([delivery, delivery, delivery]), 3],
  ])('comes as %s', (_, bytes, count) => {
    const facts = factsOf(bytes)
    expect(facts).toHaveLength(count)
    expect(facts[0]).toMatchObject({
      kind: 'status',
      status: 'sent',
      external_id: '487391-1281164',
      recipient: phone,
      at: new Date(1762164003000),
      error: null,
      pricing: { category: 'marketing' },
    })
  })

  test('comes as a form of its own fields', () => {
    const { conversation: _, pricing: __, ...flat } = delivery
    const form = new URLSearchParams()
    for (const [name, value] of Object.entries(flat)) form.set(name, String(value))
    expect(factsOf(Buffer.from(form.toString()))).toMatchObject([
      { kind: 'status', status: 'sent', external_id: '487391-1281164', at: new Date(1762164003000) },
    ])
  })

  test('tells why a message failed, with either spelling of the code', () => {
    const { errorCode: _, ...failed } = { ...delivery, eventType: 'FAILED', cause: 'UNKNOWN_SUBSCRIBER' }
    for (const code of [{ errorCode: '1002' }, { errCode: '1002' }]) {
      expect(factsOf(Buffer.from(JSON.stringify({ ...failed, ...code })))[0]).toMatchObject({
        status: 'failed',
        error: { code: 'gupshup.1002', title: 'UNKNOWN_SUBSCRIBER' },
      })
    }
  })

  test('of a kind that is new is kept', () => {
    expect(factsOf(Buffer.from(JSON.stringify({ ...delivery, eventType: 'BOUNCED' })))[0]).toMatchObject({
      kind: 'unknown',
      field: 'delivery-event',
      type: 'bounced',
    })
  })
})

describe('Meta’s form, passed through (v3)', () => {
  function passed(field: string, value: object): Buffer {
    const entry = [{ id: '112', changes: [{ field, value }] }]
    return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', gs_app_id: 'app-5', entry }))
  }
  const metadata = { display_phone_number: '59829001234', phone_number_id: '158' }

  test('enqueued, with milliseconds and without metadata', () => {
    const status = {
      gs_id: gsId,
      id: 'wamid.W1',
      recipient_id: phone,
      status: 'enqueued',
      timestamp: 1762164003120,
    }
    const { facts, app_id } = parseGupshupWebhook(passed('messages', { statuses: [status] }))
    expect(app_id).toBe('app-5')
    expect(facts).toMatchObject([
      {
        status: 'enqueued',
        external_id: gsId,
        whatsapp_id: 'wamid.W1',
        waba_id: null,
        phone_number_id: null,
        at: new Date(1762164003120),
      },
    ])
  })

  test('sent, and failed in either form', () => {
    const common = { gs_id: gsId, id: 'wamid.W1', recipient_id: phone, timestamp: String(ts) }
    const statuses = [
      { ...common, status: 'sent' },
      { ...common, status: 'failed', errors: [{ code: 131026, title: 'Undeliverable' }] },
      { ...common, status: 'failed', code: 1003, reason: 'Wallet balance low' },
    ]
    expect(factsOf(passed('messages', { metadata, statuses }))).toMatchObject([
      { status: 'sent', external_id: gsId, whatsapp_id: 'wamid.W1', phone_number_id: null },
      { status: 'failed', whatsapp_id: null, error: { code: '131026' } },
      { status: 'failed', error: { code: 'gupshup.1003', title: 'Wallet balance low' } },
    ])
  })

  test('a reply quotes by our id, and a file is found by its address', () => {
    const context = { from: '59829001234', id: 'wamid.W1', gs_id: gsId }
    const image = { id: '44907', url: 'https://filemanager.gupshup.io/x', mime_type: 'image/png' }
    const messages = [{ from: phone, id: 'wamid.IN', timestamp: String(ts), type: 'image', image, context }]
    expect(factsOf(passed('messages', { metadata, messages }))).toMatchObject([
      {
        kind: 'message',
        phone_number_id: null,
        context_external_id: gsId,
        content: { image: { id: image.url } },
      },
    ])
  })

  test.each(['billing-event', 'platform-event', 'brand_new_field'])('%s is kept', (field) => {
    expect(factsOf(passed(field, { any: 1 }))).toMatchObject([{ kind: 'unknown', field }])
  })
})
