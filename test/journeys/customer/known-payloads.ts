import { describe, expect, it } from 'vitest'
import type { Shop } from '../../../rig/shop.ts'
import {
  type Body,
  customer,
  gupshup,
  gupshupMessage,
  id,
  instanceOf,
  metaMessage,
  now,
  shop,
  tellMeta,
  timestamp,
} from './world.ts'

export function knownPayloads(): void {
  describe('format normalized: the payloads that users of gateways know', () => {
    const text = 'Inbound user text message 🌍 ñandú'
    const sources: [
      string,
      () => Shop,
      (from: string, externalId: string, said: string, at?: number) => Promise<void>,
    ][] = [
      [
        'Meta',
        () => shop,
        (from, externalId, said, at = now) =>
          tellMeta(
            metaMessage(from, externalId, { type: 'text', text: { body: said }, timestamp: String(at) }),
          ),
      ],
      ['Gupshup', () => gupshup, gupshupMessage],
    ]

    it.each(sources)('message.received through %s', async (name, of, write) => {
      const from = name === 'Meta' ? '966500000001' : '966500000002'
      await write(from, `wamid.example.${name}`, text)
      const { body } = await customer.heard(
        '/normalized',
        (one) => one.event === 'message.received' && one.from === `+${from}`,
      )
      expect(body).toEqual({
        event: 'message.received',
        ...(await instanceOf(of())),
        from: `+${from}`,
        message_text: text,
        message_type: 'text',
        external_message_id: `wamid.example.${name}`,
        timestamp,
        ...{ id: id('evt'), workspace_id: id('wsp'), contact_id: id('ctc'), conversation_id: id('cnv') },
        ...{ message_id: id('msg'), from_user_id: null },
      })
    })

    it.each(sources)('recipient.opted_out through %s', async (name, of, write) => {
      const from = name === 'Meta' ? '966500000011' : '966500000012'
      await write(from, `wamid.stop.${name}`, 'STOP')
      const isOptOut = (one: Body) => one.event === 'recipient.opted_out' && one.from === `+${from}`
      const { body } = await customer.heard('/normalized', isOptOut)
      expect(body).toEqual({
        event: 'recipient.opted_out',
        ...(await instanceOf(of())),
        from: `+${from}`,
        reason: 'recipient_requested_stop',
        message_text: 'STOP',
        timestamp,
        ...{ id: id('evt'), workspace_id: id('wsp'), contact_id: id('ctc'), conversation_id: id('cnv') },
        ...{
          message_id: id('msg'),
          external_message_id: `wamid.stop.${name}`,
          scope: 'all',
          source: 'keyword',
          from_user_id: null,
        },
      })
      await write(from, `wamid.start.${name}`, 'START', now + 1)
      await customer.heard(
        '/normalized',
        (one) => one.event === 'recipient.opted_in' && one.from === `+${from}`,
      )
    })

    it('is configured as their documents say', async () => {
      const events = ['message.received', 'recipient.opted_out', 'message.status_updated']
      const asked = { destination_url: `${customer.url}/documented`, events }
      const { status, body } = await shop.api.send('POST', '/api/v1/webhook-endpoints', asked)
      expect(status).toBe(201)
      expect(body).toMatchObject(asked)
      await shop.api.send('DELETE', `/api/v1/webhook-endpoints/${body.id}`)
    })
  })
}
