import { describe, expect, test } from 'vitest'
import {
  customerPhone,
  customerUserId,
  phoneNumberId,
  statusBody,
  wabaId,
} from '../../testing/sample-bodies.ts'
import { parseMetaWebhook } from './parse-webhook.ts'

function factsOf(body: Buffer) {
  const { facts, problems } = parseMetaWebhook(body)
  expect(problems).toEqual([])
  return facts
}
const at = new Date('2025-11-03T10:00:00Z')

describe('a status', () => {
  test.each(['sent', 'delivered', 'read', 'played'])('%s', (status) => {
    expect(factsOf(statusBody({ status }))).toEqual([
      {
        kind: 'status',
        waba_id: wabaId,
        phone_number_id: phoneNumberId,
        external_id: 'wamid.OUT1',
        whatsapp_id: null,
        status,
        recipient: customerPhone,
        recipient_user_id: null,
        at,
        opaque: null,
        error: null,
        pricing: null,
        conversation: null,
      },
    ])
  })

  test('carries our opaque text and the price', () => {
    const pricing = {
      billable: true,
      pricing_model: 'PMP',
      type: 'regular',
      category: 'authentication-international',
    }
    const [fact] = factsOf(statusBody({ status: 'sent', biz_opaque_callback_data: 'v1.a.1.b', pricing }))
    expect(fact).toMatchObject({
      opaque: 'v1.a.1.b',
      pricing: { billable: true, model: 'PMP', type: 'regular', category: 'authentication_international' },
    })
  })

  test('names the conversation that it counts to', () => {
    const conversation = {
      id: 'c1',
      expiration_timestamp: '1762250400',
      origin: { type: 'referral_conversion' },
    }
    const [fact] = factsOf(statusBody({ status: 'sent', conversation }))
    expect(fact).toMatchObject({
      conversation: { id: 'c1', origin: 'referral_conversion', expires_at: '2025-11-04T10:00:00.000Z' },
    })
    const [bare] = factsOf(statusBody({ status: 'delivered', conversation: { id: 'c1' } }))
    expect(bare).toMatchObject({ conversation: { id: 'c1', origin: null, expires_at: null } })
  })

  test('a failed one says why', () => {
    const errors = [
      { code: 131049, title: 'Not delivered', error_data: { details: 'Healthy ecosystem' } },
      { code: 131000, title: 'Something went wrong' },
    ]
    const [fact] = factsOf(statusBody({ status: 'failed', errors }))
    expect(fact).toMatchObject({
      error: {
        code: '131049',
        title: 'Not delivered',
        detail: 'Healthy ecosystem | 131000: Something went wrong',
      },
    })
  })

  test('a failed one without reason has one that says so', () => {
    expect(factsOf(statusBody({ status: 'failed' }))[0]).toMatchObject({ error: { code: 'unknown' } })
  })

  test('of somebody with a user id only names the user id', () => {
    const [fact] = factsOf(
      statusBody({ status: 'read', recipient_id: undefined, recipient_user_id: customerUserId }),
    )
    expect(fact).toMatchObject({ recipient: customerUserId, recipient_user_id: customerUserId })
  })

  test.each(['recipient_participant_id', 'participant_recipient_id'])(
    'of a group names the member (%s)',
    (key) => {
      const [fact] = factsOf(
        statusBody({ status: 'read', recipient_id: 'GROUP', recipient_type: 'group', [key]: '59899000009' }),
      )
      expect(fact).toMatchObject({ recipient: '59899000009', member: '59899000009' })
    },
  )

  test('of a kind that did not exist yet is kept', () => {
    expect(factsOf(statusBody({ status: 'teleported' }))[0]).toMatchObject({
      kind: 'unknown',
      type: 'teleported',
    })
  })
})
