import { describe, expect, it } from 'vitest'
import { eventually } from '../../../rig/api.ts'
import { approvedTemplate } from '../../../rig/shop.ts'
import type { Template } from './send-template.ts'
import { type Body, customer, gupshup, metaBody, now, shop, tellGupshup, tellMeta } from './world.ts'

export function templateEvents(): void {
  describe('format gupshup: template events, to the letter', () => {
    async function templateOf(connectorId: string): Promise<Template> {
      const { id: templateId } = await approvedTemplate(shop.api, 'MARKETING', connectorId)
      return (await shop.api.get<Template>(`/api/v1/templates/${templateId}`)).body
    }
    const heardOf = async (payload: Body) =>
      (await customer.heard('/gupshup', (one) => JSON.stringify(one.payload) === JSON.stringify(payload)))
        .body

    it('from Meta', async () => {
      const { external_id, name, language } = await templateOf(shop.connector.id)
      const named = `"message_template_id":${external_id},"message_template_name":"${name}","message_template_language":"${language}"`
      // Meta writes the id as a number, of more digits than a number of JavaScript holds.
      const tell = (field: string, value: object) =>
        tellMeta(metaBody([field, { ...value, named: 0 }]).replace('"named":0', named))
      const status = { id: external_id, elementName: name, languageCode: language }
      await tell('message_template_status_update', {
        event: 'PAUSED',
        reason: 'NONE',
        other_info: { title: 'FIRST_PAUSE', description: 'Paused for 3 hours' },
      })
      await tell('message_template_status_update', { event: 'APPROVED', reason: 'NONE' })
      expect(await heardOf({ type: 'status-update', ...status, status: 'approved' })).toEqual({
        type: 'template-event',
        payload: { type: 'status-update', ...status, status: 'approved' },
      })
      await tell('template_category_update', {
        new_category: 'MARKETING',
        correct_category: 'UTILITY',
        category_update_timestamp: now + 86_400,
      })
      const alert = { type: 'category-update', category: { current: 'MARKETING', correct: 'UTILITY' } }
      expect(await heardOf(alert)).toEqual({ type: 'template-event', payload: alert })
      await tell('template_category_update', { previous_category: 'MARKETING', new_category: 'UTILITY' })
      const done = { type: 'category-update', category: { old: 'MARKETING', new: 'UTILITY' } }
      expect(await heardOf(done)).toEqual({ type: 'template-event', payload: done })
      await tell('message_template_quality_update', {
        previous_quality_score: 'GREEN',
        new_quality_score: 'YELLOW',
      })
      await customer.heard('/gupshup', (one) => JSON.stringify(one).includes('quality-update'))
    })

    it('from Gupshup', async () => {
      const { external_id, name, language } = await templateOf(gupshup.connector.id)
      const status = { id: external_id, elementName: name, languageCode: language }
      const [alert, done] = [
        { current: 'MARKETING', correct: 'UTILITY' },
        { old: 'MARKETING', new: 'UTILITY' },
      ]
      const sofar = customer.received.length
      await tellGupshup('template-event', { type: 'status-update', ...status, status: 'rejected' })
      await tellGupshup('template-event', { type: 'status-update', ...status, status: 'approved' })
      await tellGupshup('template-event', { type: 'category-update', ...status, category: alert })
      await tellGupshup('template-event', { type: 'category-update', ...status, category: done })
      await eventually(async () => {
        const heard = customer.received.slice(sofar).filter(({ path }) => path === '/gupshup')
        expect(heard.map(({ body }) => body)).toEqual(
          expect.arrayContaining([
            { type: 'template-event', payload: { type: 'status-update', ...status, status: 'approved' } },
            { type: 'template-event', payload: { type: 'category-update', category: alert } },
            { type: 'template-event', payload: { type: 'category-update', category: done } },
          ]),
        )
      })
    })
  })
}
