import { describe, expect, it } from 'vitest'
import { eventually } from '../../../rig/api.ts'
import {
  type Body,
  customer,
  feed,
  gupshupMessage,
  metaBody,
  metadata,
  metaMessage,
  now,
  tellGupshup,
  tellMeta,
} from './world.ts'

export function metaWords(): void {
  describe('format meta', () => {
    it('is byte for byte what Meta sent, with its blanks, escapes, long numbers and unknown fields', async () => {
      const text = metaMessage('966500000031', 'wamid.bytes', {
        type: 'text',
        text: { body: 'Grüße 🌍' },
        a_field_of_tomorrow: { long: 0 },
      })
        .replace('"long":0', '"long":  12345678901234567890.50')
        .replace('Grüße 🌍', 'Gr\\u00fc\u00dfe \\ud83c\\udf0d')
      await tellMeta(text)
      const isIt = (one: Body) => JSON.stringify(one).includes('wamid.bytes')
      expect((await customer.heard('/meta', isIt)).text).toBe(text)
    })

    it('of a webhook with several parts is for each event its own part, and nobody else', async () => {
      const people = ['966500000041', '966500000042']
      const messages = people.map((from, index) => ({
        ...{ from, id: `wamid.batch.${index}`, timestamp: String(now), type: 'text' },
        text: { body: index === 0 ? 'STOP' : 'Where is it?' },
      }))
      const contacts = people.map((wa_id) => ({ profile: { name: `Name of ${wa_id}` }, wa_id }))
      await tellMeta(
        metaBody(
          ['messages', { ...metadata(), contacts, messages }],
          ['account_update', { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'ALCOHOL' } }],
          ['account_update', { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SCAM' } }],
        ),
      )
      const about = (words: string, type: string) => async () => {
        const ids = new Set((await feed()).filter((one) => one.type === type).map((one) => one.id))
        return customer.received.filter(
          ({ path, text, headers }) =>
            path === '/meta' && text.includes(words) && ids.has(String(headers['webhook-id'])),
        )
      }
      const [stop, question, alcohol, scam] = await eventually(async () => {
        const found = await Promise.all([
          about('wamid.batch.0', 'recipient.opted_out')(),
          about('wamid.batch.1', 'message.received')(),
          about('ALCOHOL', 'account.status_updated')(),
          about('SCAM', 'account.status_updated')(),
        ])
        expect(found.map((each) => each.length)).toEqual([1, 1, 1, 1])
        return found.map((each) => each[0]?.text ?? '')
      })
      expect(stop).not.toContain(people[1])
      expect(question).not.toContain(people[0])
      expect(alcohol).not.toContain('SCAM')
      expect(scam).not.toContain('ALCOHOL')
    })

    it('tells texts, statuses and preferences of a Gupshup number in the words of Meta', async () => {
      await gupshupMessage('966500000051', 'ABEG.translated', 'Hi')
      const { body } = await customer.heard('/meta', (one) => JSON.stringify(one).includes('ABEG.translated'))
      expect(body).toMatchObject({
        object: 'whatsapp_business_account',
        entry: [{ changes: [{ field: 'messages', value: { messages: [{ text: { body: 'Hi' } }] } }] }],
      })
      const preference = { category: 'marketing_messages', value: 'stop', timestamp: now }
      await tellGupshup('preference-event', {
        type: 'user_preferences',
        payload: {
          user_preferences: ['966500000052', '966500000051'].map((wa_id) => ({ wa_id, ...preference })),
        },
      })
      const isStop = (one: Body) =>
        JSON.stringify(one).includes('user_preferences') && JSON.stringify(one).includes('966500000051')
      const told = (await customer.heard('/meta', isStop)).body
      expect(told).toMatchObject({
        entry: [
          {
            changes: [
              {
                field: 'user_preferences',
                value: { user_preferences: [{ wa_id: '966500000051', ...preference }] },
              },
            ],
          },
        ],
      })
    })
  })
}
