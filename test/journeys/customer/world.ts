import { createHmac } from 'node:crypto'
import { expect } from 'vitest'
import { type Customer, startCustomer } from '../../../rig/customer.ts'
import { connectGupshup, type GupshupApp, through } from '../../../rig/gupshup.ts'
import { openShop, type Shop } from '../../../rig/shop.ts'

// A shop with a number of Meta and one of Gupshup, and a customer who hears everything in all three formats.

export type Body = Record<string, unknown>
export const formats = ['normalized', 'gupshup', 'meta'] as const

export let shop: Shop
/** The same shop, through its Gupshup number. */
export let gupshup: Shop
export let app: GupshupApp
export let customer: Customer
export let eventTypes: { type: string; samples: Record<(typeof formats)[number], Body | null> }[]

export async function openWorld(): Promise<void> {
  shop = await openShop()
  const connected = await connectGupshup(shop)
  app = connected.app
  gupshup = through(shop, connected.connector)
  customer = await startCustomer()
  eventTypes = (await shop.api.get<{ data: typeof eventTypes }>('/api/v1/event-types')).body.data
  // The customer's sample statuses are told by the test itself.
  await shop.control.send('PATCH', '/_control/settings', { statuses: 'none' })
  for (const format of formats) {
    const { body } = await shop.api.send<{ secret: string }>('POST', '/api/v1/webhook-endpoints', {
      destination_url: `${customer.url}/${format}`,
      events: eventTypes.map(({ type }) => type),
      format,
    })
    customer.trust(`/${format}`, body.secret)
  }
}

export async function closeWorld(): Promise<void> {
  await shop?.close()
  await customer?.close()
}

/** Whole seconds, as Meta tells them. */
export const now = Math.floor(Date.now() / 1_000)

async function post(url: string, text: string, headers: Record<string, string> = {}): Promise<void> {
  const all = { 'content-type': 'application/json', ...headers }
  const answer = await fetch(url, { method: 'POST', headers: all, body: text })
  expect(answer.status, await answer.text()).toBe(200)
}

/** Sends the bytes as they are, rightly signed. */
export function tellMeta(text: string): Promise<void> {
  const signature = createHmac('sha256', shop.account.app_secret).update(text).digest('hex')
  return post(shop.connector.webhook_url, text, { 'x-hub-signature-256': `sha256=${signature}` })
}

export function metaBody(...changes: [field: string, value: object][]): string {
  const told = changes.map(([field, value]) => ({ field, value }))
  const entry = [{ id: shop.account.waba_id, time: now, changes: told }]
  return JSON.stringify({ object: 'whatsapp_business_account', entry })
}

export function metadata(): object {
  const phone = shop.account.numbers[0]?.phone
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: phone, phone_number_id: shop.phoneNumberId },
  }
}

export function metaMessage(from: string, id: string, more: object): string {
  const messages = [{ from, id, timestamp: String(now), ...more }]
  const contacts = [{ profile: { name: 'Nora' }, wa_id: from }]
  return metaBody(['messages', { ...metadata(), contacts, messages }])
}

export function tellGupshup(type: string, payload: object, more: object = {}): Promise<void> {
  const event = { app: app.app_name, timestamp: now * 1_000, version: 2, type, payload, ...more }
  return post(gupshup.connector.webhook_url, JSON.stringify(event))
}

export function gupshupMessage(from: string, id: string, text: string, at = now): Promise<void> {
  const sender = { phone: from, name: 'Nora', country_code: from.slice(0, 3), dial_code: from.slice(3) }
  return tellGupshup(
    'message',
    { id, source: from, type: 'text', payload: { text }, sender },
    { timestamp: at * 1_000 },
  )
}

export const timestamp = new Date(now * 1_000).toISOString().replace('.000Z', 'Z')
export const id = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_[0-9a-f]{32}$`))

export async function instanceOf({
  numberId,
}: Shop): Promise<{ instance_id: string; instance_name: string }> {
  const { body } = await shop.api.get<{ data: { id: string; verified_name: string }[] }>('/api/v1/numbers')
  const number = body.data.find((one) => one.id === numberId)
  return { instance_id: numberId, instance_name: number?.verified_name ?? '' }
}

export interface FeedEvent {
  id: string
  type: string
  data: Body
}

export async function feed(): Promise<FeedEvent[]> {
  const events: FeedEvent[] = []
  for (let cursor = ''; ; ) {
    const path = `/api/v1/events?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
    const { body } = await shop.api.get<{ data: FeedEvent[]; next_cursor: string }>(path)
    if (body.data.length === 0) return events
    events.push(...body.data)
    cursor = body.next_cursor
  }
}
