import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, apiOf, eventually } from '../../rig/api.ts'
import { connect, openShop, prepareList, type Shop } from '../../rig/shop.ts'

let shop: Shop
/** A second workspace on the same hub, with its own number, and its own key. */
let neighbour: { api: Api; numberId: string; phoneNumberId: string }

beforeAll(async () => {
  shop = await openShop()
  const cookie = await signIn(shop.hub.url)
  const session = browserOf(shop.hub.url, cookie)
  const created = await session('POST', '/api/v1/workspaces', { name: 'Neighbour', slug: 'neighbour' })
  expect(created.status).toBeLessThan(300)
  const key = await session('POST', '/api/v1/workspaces/neighbour/api-keys', { name: 'journey' })
  const api = apiOf(shop.hub.url, String(key.body.secret))
  const { connector } = await connect(api, shop.control, { throughput: 80 })
  neighbour = {
    api,
    numberId: connector.numbers[0]?.id ?? '',
    phoneNumberId: connector.numbers[0]?.phone_number_id ?? '',
  }
})
afterAll(() => shop?.close())

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'olivia@example.com', password: 'a-long-enough-password' }),
  })
  expect(response.status).toBeLessThan(300)
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

function browserOf(url: string, cookie: string) {
  return async (method: string, path: string, body: unknown) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', origin: url, cookie },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
}

describe('T20: ids of another workspace', () => {
  it('answer 404 on every route that names one, and the other workspace sees none of it', async () => {
    const list = await prepareList(shop, { rows: 5, category: 'UTILITY' })
    await shop.control.send('POST', '/_control/customers/59899000031/messages', {
      to: shop.phoneNumberId,
      type: 'text',
      text: 'canary-of-shop',
    })
    const conversation = await eventually(async () => {
      const { body } = await shop.api.get<{ data: { id: string; contact: { id: string } }[] }>(
        '/api/v1/conversations',
      )
      const [first] = body.data
      if (first === undefined) throw new Error('No conversation yet.')
      return first
    })
    const endpoint = await shop.api.send<{ id: string }>('POST', '/api/v1/webhook-endpoints', {
      destination_url: 'http://127.0.0.1:9/none',
      events: ['message.received'],
    })
    const logs = await shop.api.get<{ data: { id: string }[] }>('/api/v1/inbound-logs')
    const hub = list.hub_id
    const requests: [string, string, unknown?][] = [
      ['GET', `/connectors/${shop.connector.id}`],
      ['POST', `/connectors/${shop.connector.id}/check`],
      ['POST', `/connectors/${shop.connector.id}/disconnect`],
      ['GET', `/contacts/${conversation.contact.id}`],
      ['PATCH', `/contacts/${conversation.contact.id}`, { name: 'Stolen' }],
      ['GET', `/conversations/${conversation.id}/messages`],
      ['POST', `/conversations/${conversation.id}/messages`, { type: 'text', text: { body: 'hi' } }],
      ['PATCH', `/conversations/${conversation.id}`, { state: 'closed' }],
      ['GET', `/hubs/${hub}`],
      ['DELETE', `/hubs/${hub}`],
      ['GET', `/lists/${list.id}`],
      ['POST', `/lists/${list.id}/start`],
      ['POST', `/lists/${list.id}/preflight`],
      ['GET', `/lists/${list.id}/recipients`],
      ['GET', `/webhook-endpoints/${endpoint.body.id}`],
      ['DELETE', `/webhook-endpoints/${endpoint.body.id}`],
      ['GET', `/inbound-logs/${logs.body.data[0]?.id}`],
      ['POST', `/inbound-logs/${logs.body.data[0]?.id}/replay`],
    ]
    for (const [method, path, body] of requests) {
      const answer = await neighbour.api.send(method, `/api/v1${path}`, body)
      expect({ path, method, status: answer.status }).toEqual({ path, method, status: 404 })
    }
    for (const path of [
      '/conversations',
      '/contacts',
      '/hubs',
      '/inbound-logs',
      '/webhook-endpoints',
      '/events',
      '/templates?limit=200',
    ]) {
      const { body } = await neighbour.api.get(`/api/v1${path}`)
      expect(JSON.stringify(body), path).not.toContain('canary-of-shop')
      expect(JSON.stringify(body), path).not.toContain(conversation.id)
    }
  })
})

describe('T21: ids of one workspace inside an object of another', () => {
  it('are refused with the field named, and nothing is made', async () => {
    const { body: templates } = await shop.api.get<{ data: { id: string }[] }>('/api/v1/templates')
    const campaign = { name: 'Mixed', time_zone: 'UTC', schedule: {} }
    const foreignNumber = await neighbour.api.send('POST', '/api/v1/campaigns', {
      ...campaign,
      number_id: shop.numberId,
    })
    expect(foreignNumber.status).toBe(422)
    expect(JSON.stringify(foreignNumber.body)).toContain('number_id')
    const foreignTemplate = await neighbour.api.send('POST', '/api/v1/campaigns', {
      ...campaign,
      number_id: neighbour.numberId,
      template_ids: [templates.data[0]?.id],
    })
    expect(foreignTemplate.status).toBe(422)
    expect(JSON.stringify(foreignTemplate.body)).toContain('template_ids')
    const foreignSender = await neighbour.api.send('POST', '/api/v1/messages', {
      number_id: shop.numberId,
      to: '59899000031',
      type: 'text',
      text: { body: 'hi' },
    })
    expect([404, 422]).toContain(foreignSender.status)
    const { body } = await neighbour.api.get<{ data: unknown[] }>('/api/v1/campaigns')
    expect(body.data).toHaveLength(0)
  })
})

describe('T04: a webhook of one account that names the number of another', () => {
  it('is kept as unrouted and shows nowhere in the other workspace', async () => {
    await shop.control.send('POST', '/_control/webhooks', {
      waba_id: shop.account.waba_id,
      phone_number_id: shop.phoneNumberId,
      body: {
        object: 'whatsapp_business_account',
        entry: [
          {
            id: shop.account.waba_id,
            changes: [
              {
                field: 'messages',
                value: {
                  messaging_product: 'whatsapp',
                  metadata: { display_phone_number: '1', phone_number_id: neighbour.phoneNumberId },
                  contacts: [{ profile: { name: 'Mallory' }, wa_id: '59899000099' }],
                  messages: [
                    {
                      from: '59899000099',
                      id: 'wamid.foreign',
                      timestamp: '1749416383',
                      type: 'text',
                      text: { body: 'crossed' },
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    })
    await eventually(async () => {
      const { body } = await shop.api.get<{ data: { facts: { outcome: string }[] }[] }>(
        '/api/v1/inbound-logs',
      )
      expect(body.data.some((log) => log.facts.some((fact) => fact.outcome === 'unrouted'))).toBe(true)
    })
    const { body } = await neighbour.api.get<{ data: unknown[] }>('/api/v1/conversations')
    expect(body.data).toHaveLength(0)
  })
})
