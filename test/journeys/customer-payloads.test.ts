import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../rig/api.ts'
import { type Customer, startCustomer } from '../../rig/customer.ts'
import { connectGupshup, type GupshupApp, through } from '../../rig/gupshup.ts'
import { approvedTemplate, openShop, prepareList, type Shop, waitForList } from '../../rig/shop.ts'
import { customerEvent } from '../../src/contract/index.ts'

// What a provider's webhook becomes at a customer's server, from end to end and key by key: the payloads that users of
// other gateways know, the samples of our own catalogue, and Meta's own words.

type Body = Record<string, unknown>
interface Template {
  id: string
  external_id: string
  name: string
  language: string
}

const formats = ['normalized', 'gupshup', 'meta'] as const
let shop: Shop
let gupshup: Shop
let app: GupshupApp
let customer: Customer
let eventTypes: { type: string; samples: Record<(typeof formats)[number], Body | null> }[]

beforeAll(async () => {
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
})
afterAll(async () => {
  await shop?.close()
  await customer?.close()
})

/** Whole seconds, as Meta tells them. */
const now = Math.floor(Date.now() / 1_000)

async function post(url: string, text: string, headers: Record<string, string> = {}): Promise<void> {
  const all = { 'content-type': 'application/json', ...headers }
  const answer = await fetch(url, { method: 'POST', headers: all, body: text })
  expect(answer.status, await answer.text()).toBe(200)
}

/** Sends the bytes as they are, rightly signed. */
function tellMeta(text: string): Promise<void> {
  const signature = createHmac('sha256', shop.account.app_secret).update(text).digest('hex')
  return post(shop.connector.webhook_url, text, { 'x-hub-signature-256': `sha256=${signature}` })
}

function metaBody(...changes: [field: string, value: object][]): string {
  const told = changes.map(([field, value]) => ({ field, value }))
  const entry = [{ id: shop.account.waba_id, time: now, changes: told }]
  return JSON.stringify({ object: 'whatsapp_business_account', entry })
}

function metadata(): object {
  const phone = shop.account.numbers[0]?.phone
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: phone, phone_number_id: shop.phoneNumberId },
  }
}

function metaMessage(from: string, id: string, more: object): string {
  const messages = [{ from, id, timestamp: String(now), ...more }]
  const contacts = [{ profile: { name: 'Nora' }, wa_id: from }]
  return metaBody(['messages', { ...metadata(), contacts, messages }])
}

function tellGupshup(type: string, payload: object, more: object = {}): Promise<void> {
  const event = { app: app.app_name, timestamp: now * 1_000, version: 2, type, payload, ...more }
  return post(gupshup.connector.webhook_url, JSON.stringify(event))
}

function gupshupMessage(from: string, id: string, text: string, at = now): Promise<void> {
  const sender = { phone: from, name: 'Nora', country_code: from.slice(0, 3), dial_code: from.slice(3) }
  return tellGupshup(
    'message',
    { id, source: from, type: 'text', payload: { text }, sender },
    { timestamp: at * 1_000 },
  )
}

/** The keys of an object and of what is in it: `payload.category.old`. Of lists, the keys of all members. */
function keysOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => keysOf(one, `${path}[]`)))]
  if (typeof value !== 'object' || value === null)
    return [`${path}: ${value === null ? 'null' : typeof value}`]
  return Object.entries(value).flatMap(([key, one]) => keysOf(one, path === '' ? key : `${path}.${key}`))
}

const timestamp = new Date(now * 1_000).toISOString().replace('.000Z', 'Z')
const id = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_[0-9a-f]{32}$`))

async function instanceOf({ numberId }: Shop): Promise<{ instance_id: string; instance_name: string }> {
  const { body } = await shop.api.get<{ data: { id: string; verified_name: string }[] }>('/api/v1/numbers')
  const number = body.data.find((one) => one.id === numberId)
  return { instance_id: numberId, instance_name: number?.verified_name ?? '' }
}

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

/** An account that is restricted below sends no lists, so that these go first. */
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
        const message = await shop.api.get<{ external_message_id: string }>(`/api/v1/messages/${message_id}`)
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
              { id: externalId, status: word, timestamp: String(now), recipient_id: '966500000099', ...more },
            ],
          },
        ]),
      )
    const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' }
    const conversation = { id: 'c1', expiration_timestamp: String(now + 86_400), origin: { type: 'utility' } }
    await status(good, 'sent', { conversation, pricing })
    await status(good, 'delivered', { pricing })
    await status(good, 'read', {})
    const errors = [{ code: 131026, title: 'Message undeliverable', message: 'Message undeliverable' }]
    await status(bad, 'failed', { errors })
    for (const event of ['message.read', 'message.failed', 'list.finished'])
      await customer.heard('/normalized', (one) => one.event === event)
  })

  it('a list that is paused by hand is told with its reason', async () => {
    const list = await prepareList(shop, { rows: 500, category: 'UTILITY' })
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

describe('format gupshup: account events, to the letter', () => {
  const expiration = now + 86_400
  /** What follows from Meta's change and from Gupshup's own event; beside the name of the app what Gupshup names. */
  const cases: [string, [field: string, value: object], [type: string, payload: object], named?: string[]][] =
    [
      [
        'review',
        ['account_review_update', { decision: 'APPROVED' }],
        ['review-event', { status: 'approved', actionDate: 'January 31,2021' }],
      ],
      [
        'violation',
        ['account_update', { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'GAMBLING' } }],
        ['status-event', { status: 'ACCOUNT_VIOLATION', violation_type: 'GAMBLING' }],
      ],
      [
        'disabled',
        [
          'account_update',
          {
            event: 'DISABLED_UPDATE',
            ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: 'February28,2024' },
          },
        ],
        ['status-event', { status: 'DISABLE', actionDate: 'February28,2024' }],
        ['appId'],
      ],
      [
        'reinstated',
        [
          'account_update',
          {
            event: 'DISABLED_UPDATE',
            ban_info: { waba_ban_state: 'REINSTATE', waba_ban_date: '30 May 2024' },
          },
        ],
        ['status-event', { status: 'REINSTATE', actionDate: '30 May 2024' }],
        ['appId', 'phone'],
      ],
      [
        'restricted',
        [
          'account_update',
          {
            event: 'ACCOUNT_RESTRICTION',
            restriction_info: [
              { restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', expiration },
              { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration },
              { restriction_type: 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING', expiration },
            ],
          },
        ],
        [
          'status-event',
          {
            status: 'ACCOUNT_RESTRICTED',
            restrictionInfo: [
              { restrictionType: 'RESTRICTION_ADD_PHONE_NUMBER_ACTION', expiration: expiration * 1_000 },
              { restrictionType: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: expiration * 1_000 },
              { restrictionType: 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING', expiration: expiration * 1_000 },
            ],
          },
        ],
        ['phone'],
      ],
      [
        'verified',
        ['account_update', { event: 'VERIFIED_ACCOUNT' }],
        ['status-event', { status: 'ACCOUNT_VERIFIED' }],
      ],
      [
        'name',
        [
          'phone_number_name_update',
          { decision: 'REJECTED', requested_verified_name: 'Best Shop', rejection_reason: 'INVALID_FORMAT' },
        ],
        ['pndn-event', { status: 'rejected', rejectedReason: 'INVALID_FORMAT' }],
      ],
      [
        'tier',
        [
          'phone_number_quality_update',
          { event: 'UPGRADE', old_limit: 'TIER_10K', current_limit: 'TIER_100K' },
        ],
        ['tier-event', { event: 'upgrade', oldLimit: 'TIER_10K', currentLimit: 'TIER_100K' }],
      ],
      [
        'capability',
        [
          'business_capability_update',
          { max_daily_conversation_per_phone: 100, max_phone_numbers_per_business: 100 },
        ],
        ['capability-event', { maxDailyConversationPerPhone: 100, maxPhoneNumbersPerBusiness: 100 }],
      ],
    ]
  const expected = (
    payload: [string, object],
    of: { app: string; appId: unknown; phone: string },
    named: string[],
  ) => ({
    app: of.app,
    ...(named.includes('appId') ? { appId: of.appId } : {}),
    ...(named.includes('phone') ? { phone: of.phone } : {}),
    timestamp: now * 1_000,
    version: 2,
    type: 'account-event',
    payload: { type: payload[0], payload: payload[1] },
  })

  it.each(cases)('%s, from Meta', async (name, [field, value], payload, named = []) => {
    const phone = shop.account.numbers[0]?.phone ?? ''
    const isOfNumber = field.startsWith('phone_number')
    await tellMeta(metaBody([field, { ...value, ...(isOfNumber ? { display_phone_number: phone } : {}) }]))
    // Meta tells no day of a review: then it is the day on which it was told.
    const isTold = (one: Body) =>
      one.app === 'Main line' && one.timestamp === now * 1_000 && isSameKind(one, payload)
    const { body } = await customer.heard('/gupshup', isTold)
    const dated: [string, object] =
      name === 'review' ? [payload[0], { ...payload[1], actionDate: expect.any(String) }] : payload
    const of = { app: 'Main line', appId: expect.stringMatching(/^\d+$/), phone }
    expect(body).toEqual(expected(dated, of, named))
  })

  it.each(cases)('%s, from Gupshup', async (_name, _meta, [type, payload], named = []) => {
    const own = { ...(named.includes('appId') ? { appId: app.app_id } : {}) }
    await tellGupshup('account-event', { type, payload }, own)
    const isTold = (one: Body) => one.app === app.app_name && isSameKind(one, [type, payload])
    const { body } = await customer.heard('/gupshup', isTold)
    const of = { app: app.app_name, appId: app.app_id, phone: app.source }
    expect(body).toEqual(expected([type, payload], of, named))
  })

  it('a restriction that Gupshup ends between two seconds ends there', async () => {
    const restriction = { restrictionType: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: 1836986446609 }
    const payload = { status: 'ACCOUNT_RESTRICTED', restrictionInfo: [restriction] }
    await tellGupshup('account-event', { type: 'status-event', payload }, { timestamp: now * 1_000 + 7 })
    const { body } = await customer.heard('/gupshup', (one) => one.timestamp === now * 1_000 + 7)
    expect(body.payload).toEqual({ type: 'status-event', payload })
  })

  function isSameKind(body: Body, [type, payload]: [string, object]): boolean {
    const words = JSON.stringify(body.payload)
    return words.includes(`"${type}"`) && words.includes(String(Object.values(payload)[0]))
  }
})

describe('format gupshup: template events, to the letter', () => {
  async function templateOf(connectorId: string): Promise<Template> {
    const { id: templateId } = await approvedTemplate(shop.api, 'MARKETING', connectorId)
    return (await shop.api.get<Template>(`/api/v1/templates/${templateId}`)).body
  }
  const heardOf = async (payload: Body) =>
    (await customer.heard('/gupshup', (one) => JSON.stringify(one.payload) === JSON.stringify(payload))).body

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
    await customer.heard('/gupshup', (one) => keysOf(one).includes('payload.quality.new: string'))
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

interface Told {
  to: string
  at: number
  errors?: object[]
}

async function sendTemplate(
  { connector, numberId }: Shop,
  to: string,
): Promise<{ external_message_id: string; template: Template }> {
  const summary = await approvedTemplate(shop.api, 'UTILITY', connector.id)
  const template = (await shop.api.get<Template>(`/api/v1/templates/${summary.id}`)).body
  const { name, language } = template
  const components = summary.variables.map(componentOf)
  const queued = await shop.api.send<{ id: string }>(
    'POST',
    '/api/v1/messages',
    {
      number_id: numberId,
      to,
      type: 'template',
      template: { name, language: { code: language }, components },
    },
    { 'idempotency-key': `to-${to}` },
  )
  expect(queued.status, JSON.stringify(queued.body)).toBe(202)
  return eventually(async () => {
    const { body } = await shop.api.get<{ external_message_id: string | null; error: unknown }>(
      `/api/v1/messages/${queued.body.id}`,
    )
    if (body.external_message_id === null) throw new Error(`Not sent yet: ${JSON.stringify(body)}`)
    return { external_message_id: body.external_message_id, template }
  })
}

function componentOf({ key, place }: { key: string; place: string }): object {
  const parameters = [{ type: 'text', text: key }]
  return place === 'button'
    ? { type: place, sub_type: 'url', index: 0, parameters }
    : { type: place, parameters }
}

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

interface FeedEvent {
  id: string
  type: string
  data: Body
}

async function feed(): Promise<FeedEvent[]> {
  const events: FeedEvent[] = []
  for (let cursor = ''; ; ) {
    const path = `/api/v1/events?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
    const { body } = await shop.api.get<{ data: FeedEvent[]; next_cursor: string }>(path)
    if (body.data.length === 0) return events
    events.push(...body.data)
    cursor = body.next_cursor
  }
}

describe('the catalogue', () => {
  it('has samples with the very keys of events that happened, in each format', async () => {
    for (const { type, samples } of eventTypes) {
      for (const format of formats) {
        const sample = samples[format]
        if (sample === null || (type === 'message.status_updated' && format !== 'normalized')) continue
        await eventually(async () => {
          const shapes = (await bodiesOf(type, format)).map((body) => keysOf(body).toSorted())
          expect(shapes, `${type} in format ${format}`).toContainEqual(keysOf(sample).toSorted())
        })
      }
    }
  })

  it('says a status the same, whether an endpoint asked for its own event or for all', () => {
    const samplesOf = (type: string) => eventTypes.find((one) => one.type === type)?.samples
    const [all, own] = [samplesOf('message.status_updated'), samplesOf('message.delivered')]
    expect([all?.gupshup, all?.meta]).toEqual([own?.gupshup, own?.meta])
  })

  it('names every key that events have', async () => {
    for (const { id: eventId, data } of await feed()) {
      expect(customerEvent.parse(data), eventId).toEqual(data)
    }
  })

  it('was signed so that the official library takes all of it', () => {
    expect(customer.refused).toEqual([])
    expect(customer.received.length).toBeGreaterThan(100)
  })

  async function bodiesOf(type: string, format: string): Promise<Body[]> {
    const events = (await feed()).filter((one) => one.type === type)
    if (format === 'normalized') return events.map(({ data }) => data)
    const ids = new Set(events.map((one) => one.id))
    return customer.received.flatMap(({ path, headers, body }) =>
      path === `/${format}` && ids.has(String(headers['webhook-id'])) ? [body] : [],
    )
  }
})
