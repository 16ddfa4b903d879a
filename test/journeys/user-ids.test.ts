import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../rig/api.ts'
import {
  alwaysOpen,
  approvedTemplate,
  type List,
  matchOf,
  openShop,
  type Shop,
  waitForList,
} from '../../rig/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

const phone = '59891777001'

interface Conversation {
  id: string
  contact: { phone: string | null; user_id: string | null }
}

/** A person with a username: WhatsApp shows us a user id, and no phone. */
async function hiddenCustomer(): Promise<Conversation & { userId: string }> {
  await shop.control.send('PATCH', `/_control/customers/${phone}`, {
    username: 'shy',
    hides_phone: true,
    phone_number_id: shop.phoneNumberId,
  })
  const message = { to: shop.phoneNumberId, type: 'text', text: 'Do you have keys?' }
  await shop.control.send('POST', `/_control/customers/${phone}/messages`, message)
  return await eventually(async () => {
    const { body } = await shop.api.get<{ data: Conversation[] }>('/api/v1/conversations')
    const found = body.data.find(({ contact }) => contact.phone === null)
    if (!found?.contact.user_id) throw new Error('Nobody without a phone has written yet.')
    return { ...found, userId: found.contact.user_id }
  })
}

async function sentBodies(): Promise<Record<string, unknown>[]> {
  const path = `/_control/ledger?to=${phone}&limit=100`
  const { body } = await shop.control.get<{ data: { body: Record<string, unknown> | null }[] }>(path)
  return body.data.flatMap((entry) => (entry.body === null ? [] : [entry.body]))
}

it('somebody without a phone writes, is answered, and gets the message of a list by user id', async () => {
  const { id, userId } = await hiddenCustomer()
  const reply = { type: 'text', text: { body: 'Yes, two kinds.' } }
  await shop.api.send('POST', `/api/v1/conversations/${id}/messages`, reply)
  await eventually(async () => expect(await sentBodies()).toHaveLength(1))

  const template = await approvedTemplate(shop.api, 'UTILITY', shop.connector.id)
  const campaign = await shop.api.send<{ id: string }>('POST', '/api/v1/campaigns', {
    ...{ name: 'Keys', number_id: shop.numberId, time_zone: 'America/Montevideo', schedule: alwaysOpen },
    template_ids: [template.id],
  })
  const hub = await shop.api.send<{ id: string }>('POST', '/api/v1/hubs', {
    ...{ name: 'Keys', campaign_id: campaign.body.id, channel: 'whatsapp', template_id: template.id },
  })
  const { columns, variables } = matchOf(template)
  const rows = [
    ['whatsapp_user_id', ...columns],
    [userId, ...columns],
  ]
  const file = rows.map((row) => row.join(',')).join('\n')
  const { body: list } = await shop.api.upload<List & { suggested_match: unknown }>(
    `/api/v1/hubs/${hub.body.id}/lists`,
    'shy.csv',
    `${file}\n`,
  )
  expect(list.suggested_match).toMatchObject({ phone: '', user_id: 'whatsapp_user_id' })
  const matched = await shop.api.send('PUT', `/api/v1/lists/${list.id}/match`, {
    user_id: 'whatsapp_user_id',
    variables,
  })
  expect(matched.status).toBe(200)
  await shop.api.send('POST', `/api/v1/lists/${list.id}/start`)
  await waitForList(shop.api, list.id, 'finished')
  await eventually(async () => {
    const { body } = await shop.api.get<List>(`/api/v1/lists/${list.id}`)
    expect(body.counts).toMatchObject({ total: 1, read: 1, failed: 0, unknown: 0 })
  })
  for (const body of await sentBodies()) {
    expect(body).toMatchObject({ recipient: userId })
    expect(body).not.toHaveProperty('to')
  }
  expect(await sentBodies()).toHaveLength(2)
})
