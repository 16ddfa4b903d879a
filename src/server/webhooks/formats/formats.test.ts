import { describe, expect, it } from 'vitest'
import type { EventSource } from './event-source.ts'
import { formatBody } from './format-body.ts'

// The expected payloads are Gupshup's own samples, with values of ours.

const at = new Date(1636986446609)
const app = { name: 'jeet20', id: null, phone: null }

function source(type: EventSource['type'], data: object, more: Partial<EventSource> = {}): EventSource {
  return { type, at, data: { ...data }, app, templateExternalId: null, told: null, ...more }
}

function gupshup(one: EventSource): unknown {
  const text = formatBody('gupshup', one)
  return text === null ? null : JSON.parse(text)
}

function told(body: object, provider: 'meta' | 'gupshup' = 'meta'): Pick<EventSource, 'told'> {
  return { told: { provider, body: Buffer.from(JSON.stringify(body)) } }
}

const outer = { app: 'jeet20', timestamp: 1636986446609, version: 2, type: 'account-event' }
const account = (type: string, payload: object) => ({ ...outer, payload: { type, payload } })

describe('format gupshup: account events', () => {
  it.each([
    [
      'account.review_updated',
      { status: 'APPROVED', action_date: 'January 31,2021' },
      account('review-event', { status: 'approved', actionDate: 'January 31,2021' }),
    ],
    [
      'account.review_updated',
      { status: 'REJECTED' },
      account('review-event', { status: 'rejected', actionDate: 'November 15,2021' }),
    ],
    [
      'account.status_updated',
      { status: 'violation', violation_type: 'GAMBLING' },
      account('status-event', { status: 'ACCOUNT_VIOLATION', violation_type: 'GAMBLING' }),
    ],
    [
      'account.status_updated',
      { status: 'disabled', action_date: 'February28,2024' },
      account('status-event', { status: 'DISABLE', actionDate: 'February28,2024' }),
    ],
    [
      'account.status_updated',
      {
        status: 'restricted',
        restrictions: [
          { type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expires_at: '2021-11-15T14:27:26.609Z' },
          { type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expires_at: '2021-11-15T14:27:26.609Z' },
          { type: 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING', expires_at: null },
        ],
      },
      account('status-event', {
        status: 'ACCOUNT_RESTRICTED',
        restrictionInfo: [
          { restrictionType: 'RESTRICTION_ADD_PHONE_NUMBER_ACTION', expiration: 1636986446609 },
          { restrictionType: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1636986446609 },
          { restrictionType: 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING' },
        ],
      }),
    ],
    [
      'account.status_updated',
      { status: 'reinstated' },
      account('status-event', { status: 'REINSTATE', actionDate: '15 November 2021' }),
    ],
    [
      'account.status_updated',
      { status: 'verified' },
      account('status-event', { status: 'ACCOUNT_VERIFIED' }),
    ],
    [
      'number.name_updated',
      { status: 'rejected', reason: 'INVALID_FORMAT' },
      account('pndn-event', { status: 'rejected', rejectedReason: 'INVALID_FORMAT' }),
    ],
    [
      'account.tier_updated',
      { change: 'UPGRADE', previous_limit: 'TIER_10K', limit: 'TIER_100K' },
      account('tier-event', { event: 'upgrade', oldLimit: 'TIER_10K', currentLimit: 'TIER_100K' }),
    ],
    [
      'account.capability_updated',
      { max_daily_conversations_per_phone: 100, max_phone_numbers_per_business: 100 },
      account('capability-event', { maxDailyConversationPerPhone: 100, maxPhoneNumbersPerBusiness: 100 }),
    ],
  ] as const)('%s %j', (type, data, expected) => {
    expect(gupshup(source(type, data))).toEqual(expected)
  })

  it('name the app and the phone when they are known', () => {
    const one = source(
      'account.status_updated',
      { status: 'verified' },
      {
        app: { name: 'appname', id: 'e4c9dbe0-b1ef-4add-97a2-a8fdba0666ad', phone: '918000000002' },
      },
    )
    expect(gupshup(one)).toMatchObject({
      app: 'appname',
      appId: 'e4c9dbe0-b1ef-4add-97a2-a8fdba0666ad',
      phone: '918000000002',
    })
  })
})

describe('format gupshup: template events', () => {
  const template = {
    template_id: 'tpl_1',
    external_template_id: '4dacef15-6c04-12db-b393-6190ac567eff',
    template_name: 'order_update',
    language: 'en_US',
  }
  const named = { id: template.external_template_id, elementName: 'order_update', languageCode: 'en_US' }
  it.each([
    [
      'template.status_updated',
      { previous_status: 'PENDING', status: 'APPROVED' },
      { type: 'status-update', ...named, status: 'approved' },
    ],
    [
      'template.status_updated',
      { previous_status: 'PENDING', status: 'REJECTED', reason: 'INVALID_FORMAT' },
      { type: 'status-update', ...named, status: 'rejected', rejectedReason: 'INVALID_FORMAT' },
    ],
    [
      'template.category_updated',
      { category: 'MARKETING', correct_category: 'UTILITY' },
      { type: 'category-update', category: { current: 'MARKETING', correct: 'UTILITY' } },
    ],
    [
      'template.category_updated',
      { previous_category: 'MARKETING', category: 'UTILITY' },
      { type: 'category-update', category: { old: 'MARKETING', new: 'UTILITY' } },
    ],
    [
      'template.quality_updated',
      { previous_quality: 'GREEN', quality: 'YELLOW' },
      { type: 'quality-update', ...named, quality: { old: 'GREEN', new: 'YELLOW' } },
    ],
  ] as const)('%s %j', (type, data, payload) => {
    expect(gupshup(source(type, { ...template, ...data }))).toEqual({ type: 'template-event', payload })
  })
})

const wamid = 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA='
const status = {
  id: wamid,
  status: 'sent',
  timestamp: '1680527479',
  recipient_id: '919999999999',
  conversation: {
    id: '072a7f95683c6c2bffef5655c706c50d',
    expiration_timestamp: '1680613560',
    origin: { type: 'marketing' },
  },
  pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' },
}
const envelope = (changes: object[]) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '102290129340398', changes }],
})
const statusesChange = (...statuses: object[]) => ({
  field: 'messages',
  value: { messaging_product: 'whatsapp', metadata: { phone_number_id: '106540352242922' }, statuses },
})
const sent = {
  to: '+919999999999',
  message_id: 'msg_1',
  external_message_id: wamid,
  status: 'sent',
  pricing_category: 'marketing',
}
const number = { name: 'jeet20', id: null, phone: '919898989898' }

describe('format gupshup: delivery events', () => {
  it('sent, with the conversation from the webhook that told it', () => {
    const one = source('message.sent', sent, {
      at: new Date(1680527479000),
      app: number,
      templateExternalId: '6330963',
      ...told(envelope([statusesChange(status)])),
    })
    expect(gupshup(one)).toEqual({
      srcAddr: '919898989898',
      channel: 'WHATSAPP',
      hsmTemplateId: '6330963',
      externalId: wamid,
      cause: 'SENT',
      errorCode: '025',
      destAddr: '919999999999',
      eventType: 'SENT',
      eventTs: 1680527479000,
      conversation: {
        expiration_timestamp: 1680613560,
        origin: { type: 'marketing' },
        id: '072a7f95683c6c2bffef5655c706c50d',
      },
      pricing: { category: 'marketing' },
    })
  })

  it('failed, with the error of the provider; played has no form', () => {
    const error = { code: '131026', title: 'Message undeliverable', detail: null, reason: 'x' }
    const failed = source('message.failed', { ...sent, status: 'failed', error }, { app: number })
    expect(gupshup(failed)).toMatchObject({
      eventType: 'FAILED',
      cause: 'Message undeliverable',
      errorCode: '131026',
    })
    expect(gupshup(source('message.status_updated', { ...sent, status: 'played' }))).toBeNull()
    expect(gupshup(source('message.received', { from: '+1' }))).toBeNull()
  })
})

describe('format meta', () => {
  it('passes a webhook with one change on byte for byte', () => {
    const body = Buffer.from(JSON.stringify(envelope([statusesChange(status)]), null, 1))
    const one = source('message.sent', sent, { told: { provider: 'meta', body } })
    expect(formatBody('meta', one)).toBe(body.toString())
  })

  it('cuts its own item out of a batch, with long ids unharmed', () => {
    const other = { ...status, id: 'wamid.other' }
    const text = JSON.stringify(
      envelope([
        statusesChange(other, { ...status, long: 0 }, { ...status, status: 'read' }),
        { field: 'x' },
      ]),
    ).replace('"long":0', '"long":12345678901234567890')
    const one = source('message.sent', sent, { told: { provider: 'meta', body: Buffer.from(text) } })
    const expected = JSON.stringify(envelope([statusesChange({ ...status, long: 0 })]))
    expect(formatBody('meta', one)).toBe(expected.replace('"long":0', '"long":12345678901234567890'))
  })

  it('finds template, account and inbound changes', () => {
    const review = { field: 'account_review_update', value: { decision: 'APPROVED' } }
    const approved = {
      field: 'message_template_status_update',
      value: { event: 'APPROVED', message_template_id: 1689556908129832, message_template_name: 'a' },
    }
    const message = { from: '16505551234', id: wamid, type: 'text', text: { body: 'hi' } }
    const inbound = { field: 'messages', value: { messages: [message] } }
    const all = told(envelope([review, approved, inbound]))
    const changeOf = (one: EventSource) => JSON.parse(formatBody('meta', one) ?? '{}').entry[0].changes
    expect(changeOf(source('account.review_updated', {}, all))).toEqual([review])
    const template = { external_template_id: '1689556908129832' }
    expect(changeOf(source('template.status_updated', template, all))).toEqual([approved])
    expect(changeOf(source('message.received', { external_message_id: wamid }, all))).toEqual([inbound])
  })

  it('puts statuses and texts of Gupshup v2 into the form of v3; what would lose something has none', () => {
    const event = {
      app: 'DemoAPI',
      timestamp: 1580546677791,
      version: 2,
      type: 'message-event',
      payload: {
        id: wamid,
        gsId: 'ee4a68a0',
        type: 'delivered',
        destination: '91',
        payload: { ts: 1585344476 },
      },
    }
    expect(
      JSON.parse(formatBody('meta', source('message.delivered', sent, told(event, 'gupshup'))) ?? ''),
    ).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                statuses: [
                  {
                    id: wamid,
                    gs_id: 'ee4a68a0',
                    status: 'delivered',
                    timestamp: '1585344476',
                    recipient_id: '91',
                  },
                ],
              },
            },
          ],
        },
      ],
    })
    const image = {
      type: 'message',
      payload: { id: 'a', source: '91', type: 'image', payload: { url: 'x' } },
    }
    expect(formatBody('meta', source('message.received', {}, told(image, 'gupshup')))).toBeNull()
  })

  it.each([
    ['no webhook told it', {}],
    ['its webhook is not JSON', { told: { provider: 'meta' as const, body: Buffer.from('{') } }],
    ['its webhook speaks of others', told(envelope([statusesChange({ ...status, id: 'wamid.other' })]))],
  ])('has no form when %s', (_, more) => {
    expect(formatBody('meta', source('message.sent', sent, more))).toBeNull()
  })
})
