import { describe, expect, it, vi } from 'vitest'
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
    const ofGupshup = { ...sent, status: 'failed', error: { ...error, code: 'gupshup.1008' } }
    expect(gupshup(source('message.failed', ofGupshup))).toMatchObject({ errorCode: '1008' })
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

  it('takes a webhook of a thousand statuses apart once', () => {
    const statuses = Array.from({ length: 1_000 }, (_, n) => ({ ...status, id: `wamid.${n}` }))
    const all = told(envelope([statusesChange(...statuses)]))
    const parse = vi.spyOn(JSON, 'parse')
    for (const format of ['meta', 'gupshup'] as const) {
      for (const { id } of statuses) {
        const text = formatBody(format, source('message.sent', { ...sent, external_message_id: id }, all))
        expect(text).toContain(`"${id}"`)
      }
    }
    expect(parse).toHaveBeenCalledTimes(1)
    parse.mockRestore()
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

  it('finds what was written in the Business app, and leaves out what stands beside it', () => {
    const echo = { from: '15550783881', to: '919999999999', id: wamid, type: 'text', text: { body: 'Hi' } }
    const other = { ...echo, id: 'wamid.other', to: '918888888888' }
    const echoes = (...message_echoes: object[]) => ({
      field: 'smb_message_echoes',
      value: { message_echoes },
    })
    const alone = told(envelope([echoes(echo)]))
    for (const type of ['message.sent', 'message.status_updated'] as const)
      expect(formatBody('meta', source(type, sent, alone))).toBe(alone.told?.body.toString())
    const both = told(envelope([echoes(other, echo)]))
    expect(JSON.parse(formatBody('meta', source('message.sent', sent, both)) ?? '')).toEqual(
      envelope([echoes(echo)]),
    )
  })

  it('finds the status that Gupshup tells of an old message, by the id of WhatsApp only', () => {
    const old = { ...sent, external_message_id: 'gs-old', status: 'read' }
    const webhook = (...statuses: object[]) =>
      told({ gs_app_id: '1', ...envelope([statusesChange(...statuses)]) }, 'gupshup')
    const read = { id: wamid, status: 'read', timestamp: '1680527479', recipient_id: '919999999999' }
    const one = source('message.read', old, webhook(read))
    expect(formatBody('meta', one)).toBe(one.told?.body.toString())
    expect(
      formatBody('meta', source('message.read', old, webhook({ ...read, gs_id: 'gs-other' }))),
    ).toBeNull()
    expect(formatBody('meta', source('message.read', old, webhook(read, { ...read, id: 'b' })))).toBeNull()
  })

  it.each([
    ['no webhook told it', {}],
    ['its webhook is not JSON', { told: { provider: 'meta' as const, body: Buffer.from('{') } }],
    ['its webhook speaks of others', told(envelope([statusesChange({ ...status, id: 'wamid.other' })]))],
  ])('has no form when %s', (_, more) => {
    expect(formatBody('meta', source('message.sent', sent, more))).toBeNull()
  })
})
