import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { signDelivery } from './sign-delivery.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const previous = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

describe('the signature of a delivery', () => {
  it('equals the published vector of Standard Webhooks', () => {
    const headers = signDelivery('msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}', {
      secrets: [secret],
      at: new Date(1614265330 * 1000),
      attempt: 1,
    })
    expect(headers).toMatchObject({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('is verified by the official library, with the new and with the previous secret', () => {
    const body = '{"event":"message.received","text":"olá ☕"}'
    const headers = signDelivery('evt_1', body, { secrets: [secret, previous], at: new Date(), attempt: 2 })
    for (const key of [secret, previous])
      expect(new Webhook(key).verify(body, headers)).toEqual(JSON.parse(body))
    expect(headers['webhook-attempt']).toBe('2')
  })

  it('does not verify a changed body', () => {
    const headers = signDelivery('evt_1', '{"n":1}', { secrets: [secret], at: new Date(), attempt: 1 })
    expect(() => new Webhook(secret).verify('{"n":2}', headers)).toThrow()
  })
})
