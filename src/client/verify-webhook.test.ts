import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { verifyWebhook, WebhookVerificationError } from './verify-webhook.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const body = '{"test": 2432232314}'
const published = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const now = new Date(1614265330 * 1000)

describe('verifyWebhook', () => {
  it('passes the published vector of Standard Webhooks, with and without the prefix of the secret', () => {
    expect(verifyWebhook(secret, body, published, { now })).toEqual({ test: 2432232314 })
    expect(verifyWebhook(secret.slice(6), Buffer.from(body), published, { now })).toEqual({
      test: 2432232314,
    })
  })

  it('passes what the official library signs', () => {
    const at = new Date()
    const signed = new Webhook(secret).sign('evt_1', at, body)
    const headers = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signed,
    }
    expect(verifyWebhook(secret, body, headers)).toEqual({ test: 2432232314 })
  })

  it('takes one valid signature among several and skips unknown versions', () => {
    const headers = {
      ...published,
      'webhook-signature': `v1a,abc v2,def v1, v1,AAAA ${published['webhook-signature']}`,
    }
    expect(verifyWebhook(secret, body, headers, { now })).toEqual({ test: 2432232314 })
  })

  it.each([
    ['no id', { ...published, 'webhook-id': undefined }],
    ['no timestamp', { ...published, 'webhook-timestamp': undefined }],
    ['no signature', { ...published, 'webhook-signature': undefined }],
    ['a repeated header', { ...published, 'webhook-id': ['a', 'b'] }],
    ['a timestamp with letters after the digits', { ...published, 'webhook-timestamp': '1614265330abc' }],
    ['an empty signature', { ...published, 'webhook-signature': 'v1,' }],
    [
      'a shortened signature',
      { ...published, 'webhook-signature': published['webhook-signature'].slice(0, 20) },
    ],
    ['the same header in two spellings', { ...published, 'Webhook-Id': 'msg_other' }],
    ['another id', { ...published, 'webhook-id': 'msg_other' }],
  ])('refuses %s', (_, headers) => {
    expect(() => verifyWebhook(secret, body, headers, { now })).toThrow(WebhookVerificationError)
  })

  it('refuses another body, an old or future attempt, and an empty secret', () => {
    expect(() => verifyWebhook(secret, `${body} `, published, { now })).toThrow('No signature matches')
    expect(() => verifyWebhook(secret, body, published, { now: new Date(now.getTime() + 301_000) })).toThrow(
      'too old',
    )
    expect(() => verifyWebhook(secret, body, published, { now: new Date(now.getTime() - 301_000) })).toThrow(
      'future',
    )
    for (const missing of ['whsec_', '', undefined]) {
      expect(() => verifyWebhook(missing, body, published, { now })).toThrow('secret is empty')
    }
  })

  it('takes headers in any spelling, and those of a Request', () => {
    const upper = Object.fromEntries(
      Object.entries(published).map(([name, value]) => [name.toUpperCase(), value]),
    )
    expect(verifyWebhook(secret, body, upper, { now })).toEqual({ test: 2432232314 })
    expect(verifyWebhook(secret, body, new Headers(published), { now })).toEqual({ test: 2432232314 })
  })

  it.each(['', '{"test": 1', 'test'])('refuses a signed body that is no JSON: %j', (text) => {
    const headers = { ...published, 'webhook-signature': new Webhook(secret).sign('evt_1', now, text) }
    const wrong = () => verifyWebhook(secret, text, { ...headers, 'webhook-id': 'evt_1' }, { now })
    expect(wrong).toThrow(WebhookVerificationError)
    expect(wrong).toThrow('no JSON')
  })

  it('signs bytes, not text: a body that is no UTF-8 does not pass for its decoded form', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x7d])
    const at = Math.floor(now.getTime() / 1000)
    const asText = new Webhook(secret).sign('evt_1', now, bytes.toString('utf8'))
    const headers = { 'webhook-id': 'evt_1', 'webhook-timestamp': String(at), 'webhook-signature': asText }
    expect(() => verifyWebhook(secret, bytes, headers, { now })).toThrow('No signature matches')
  })
})
