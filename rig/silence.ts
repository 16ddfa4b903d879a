import { eventually } from './api.ts'
import { type List, prepareList, type Shop } from './shop.ts'

/** Sends a list while the provider loses every answer and tells nothing: all of it ends with an unknown outcome. */
export async function sendIntoSilence(shop: Shop, rows: number): Promise<List & { hub_id: string }> {
  const { api, control } = shop
  const list = await prepareList(shop, { rows, category: 'UTILITY' })
  await control.send('PATCH', '/_control/settings', { lost_answer_probability: 1, statuses: 'none' })
  await api.send('POST', `/api/v1/lists/${list.id}/start`)
  await eventually(async () => {
    const { body } = await api.get<{ total: number }>(`/api/v1/messages/unsettled?list_id=${list.id}`)
    if (body.total < rows) throw new Error(`${body.total} of ${rows} have an unknown outcome`)
  }, 60_000)
  await control.send('DELETE', '/_control/settings')
  return list
}
