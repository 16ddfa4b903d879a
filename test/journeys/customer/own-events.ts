import { describe, expect, it } from 'vitest'
import { openLater, prepareList, waitForList } from '../../../rig/shop.ts'
import { type Body, customer, metaBody, metadata, metaMessage, now, shop, tellMeta } from './world.ts'

/** An account that is restricted below sends no lists, so that these go first. */
export function ownEvents(): void {
  describe('what happens in Parley', () => {
    it('a list that is started, paused and finished, with its statuses, is told', async () => {
      const list = await prepareList(shop, { rows: 2, category: 'UTILITY' })
      await shop.api.send('POST', `/api/v1/lists/${list.id}/start`)
      await waitForList(shop.api, list.id, 'finished')
      const { body } = await shop.api.get<{ data: { message_id: string }[] }>(
        `/api/v1/lists/${list.id}/recipients`,
      )
      const [good, bad] = await Promise.all(
        body.data.map(async ({ message_id }) => {
          const message = await shop.api.get<{ external_message_id: string }>(
            `/api/v1/messages/${message_id}`,
          )
          return message.body.external_message_id
        }),
      )
      const status = (externalId: string | undefined, word: string, more: object) =>
        tellMeta(
          metaBody([
            'messages',
            {
              ...metadata(),
              statuses: [
                {
                  id: externalId,
                  status: word,
                  timestamp: String(now),
                  recipient_id: '966500000099',
                  ...more,
                },
              ],
            },
          ]),
        )
      const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' }
      const conversation = {
        id: 'c1',
        expiration_timestamp: String(now + 86_400),
        origin: { type: 'utility' },
      }
      await status(good, 'sent', { conversation, pricing })
      await status(good, 'delivered', { pricing })
      await status(good, 'read', {})
      const errors = [{ code: 131026, title: 'Message undeliverable', message: 'Message undeliverable' }]
      await status(bad, 'failed', { errors })
      for (const event of ['message.read', 'message.failed', 'list.finished'])
        await customer.heard('/normalized', (one) => one.event === event)
    })

    it('a list that is paused by hand is told with its reason', async () => {
      const list = await prepareList(shop, { rows: 5, category: 'UTILITY', schedule: openLater() })
      await shop.api.send('POST', `/api/v1/lists/${list.id}/start`)
      await shop.api.send('POST', `/api/v1/lists/${list.id}/pause`)
      const { body } = await customer.heard('/normalized', (one) => one.event === 'list.paused')
      expect(body).toMatchObject({ list_id: list.id, hub_id: list.hub_id, reason: 'person' })
      await shop.api.send('POST', `/api/v1/lists/${list.id}/cancel`)
    })

    it('a conversation that is closed is told', async () => {
      await tellMeta(metaMessage('966500000061', 'wamid.closing', { type: 'text', text: { body: 'Bye' } }))
      const isFirst = (one: Body) => one.event === 'conversation.opened' && one.from === '+966500000061'
      const { conversation_id } = (await customer.heard('/normalized', isFirst)).body
      await shop.api.send('PATCH', `/api/v1/conversations/${conversation_id}`, { state: 'closed' })
      await customer.heard('/normalized', (one) => one.event === 'conversation.closed')
    })

    it('a number whose quality falls is told', async () => {
      const path = `/_control/numbers/${shop.phoneNumberId}`
      await shop.control.send('PATCH', path, { quality_rating: 'YELLOW' })
      const value = { display_phone_number: shop.account.numbers[0]?.phone, event: 'FLAGGED' }
      await tellMeta(metaBody(['phone_number_quality_update', { ...value, current_limit: 'TIER_10K' }]))
      const isFall = (one: Body) => one.event === 'number.quality_updated'
      expect((await customer.heard('/normalized', isFall)).body).toMatchObject({ quality: 'YELLOW' })
    })
  })
}
