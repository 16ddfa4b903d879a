import { describe, expect, it } from 'vitest'
import type { Shop } from '../../../rig/shop.ts'
import { sendTemplate } from './send-template.ts'
import {
  app,
  type Body,
  customer,
  gupshup,
  metaBody,
  metadata,
  now,
  shop,
  tellGupshup,
  tellMeta,
} from './world.ts'

interface Told {
  to: string
  at: number
  errors?: object[]
}

export function deliveryEvents(): void {
  describe('format gupshup: delivery events, to the letter', () => {
    const conversation = {
      expiration_timestamp: now + 86_400,
      origin: { type: 'marketing' },
      id: '072a7f95683c6c2bffef5655c706c50d',
    }
    const told: [status: string, words: { cause: string; errorCode: string }][] = [
      ['sent', { cause: 'SENT', errorCode: '025' }],
      ['delivered', { cause: 'SUCCESS', errorCode: '000' }],
      ['read', { cause: 'READ', errorCode: '026' }],
    ]

    it.each<[string, () => Shop, string]>([
      ['Meta', () => shop, '966500000021'],
      ['Gupshup', () => gupshup, '966500000022'],
    ])('of a template through %s', async (name, of, to) => {
      const through = of()
      const { external_message_id, template } = await sendTemplate(through, to)
      for (const [status, words] of told) {
        const at = now + told.findIndex(([one]) => one === status)
        if (name === 'Meta') await tellMeta(metaStatus(external_message_id, status, { to, at }))
        else await tellGupshup('message-event', gupshupStatus(external_message_id, status, { to, at }))
        const isTold = (one: Body) => one.destAddr === to && one.eventType === status.toUpperCase()
        const { body } = await customer.heard('/gupshup', isTold)
        expect(body).toEqual({
          srcAddr: name === 'Meta' ? shop.account.numbers[0]?.phone : app.source,
          channel: 'WHATSAPP',
          hsmTemplateId: template.external_id,
          externalId: external_message_id,
          ...words,
          destAddr: to,
          eventType: status.toUpperCase(),
          eventTs: at * 1_000,
          conversation,
          pricing: { category: 'marketing' },
        })
      }
      const heard = customer.received.filter(({ path, body }) => path === '/gupshup' && body.destAddr === to)
      expect(heard).toHaveLength(told.length)
    })

    it('that failed carry the code and the words of the provider', async () => {
      const to = '966500000023'
      const { external_message_id } = await sendTemplate(shop, to)
      const errors = [{ code: 131049, title: 'Not delivered to maintain healthy ecosystem engagement.' }]
      await tellMeta(metaStatus(external_message_id, 'failed', { to, at: now, errors }))
      const { body } = await customer.heard('/gupshup', (one) => one.destAddr === to)
      expect(body).toMatchObject({ eventType: 'FAILED', errorCode: '131049', cause: errors[0]?.title })
    })

    function metaStatus(externalId: string, status: string, { to, at, errors }: Told): string {
      const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' }
      const told = { id: externalId, status, timestamp: String(at), recipient_id: to }
      const rest = errors === undefined ? { conversation, pricing } : { errors }
      return metaBody(['messages', { ...metadata(), statuses: [{ ...told, ...rest }] }])
    }

    function gupshupStatus(externalId: string, status: string, { to, at }: Told): object {
      const { id, expiration_timestamp, origin } = conversation
      return {
        id: `wamid.of.${externalId}`,
        gsId: externalId,
        type: status,
        destination: to,
        payload: { ts: at },
        conversation: { id, expiresAt: expiration_timestamp, type: origin.type },
        pricing: { policy: 'PMP', category: 'marketing' },
      }
    }
  })
}
