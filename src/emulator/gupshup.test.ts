import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningEmulator, startEmulator } from './start-emulator.ts'
import { call, type Dict, dict, dicts, until } from './testing/stage.ts'

let emulator: RunningEmulator
let server: Server
let app: Dict
let received: { type: string; text: string }[] = []
let answer = ''

beforeAll(async () => {
  emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 7 })
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({
        type: String(request.headers['content-type']),
        text: Buffer.concat(chunks).toString('utf8'),
      })
      response.end(answer)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterAll(async () => {
  await emulator.stop()
  server.close()
})

beforeEach(async () => {
  await control('POST', '/reset')
  received = []
  answer = ''
  app = dict((await control('POST', '/gupshup/apps', { name: 'ShopLine', callback_url: hubUrl() })).body)
})

const control = (method: string, path: string, body?: unknown) =>
  call(method, `${emulator.url}/_control${path}`, {}, body)

function hubUrl(): string {
  const address = server.address()
  return `http://127.0.0.1:${isAddress(address) ? address.port : 0}/in`
}

function isAddress(address: ReturnType<Server['address']>): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

async function post(
  path: string,
  fields: Record<string, string>,
  more: { key?: unknown; name?: string } = {},
) {
  const { key = app.api_key, name = 'ShopLine' } = more
  const form = { channel: 'whatsapp', source: String(app.source), 'src.name': name, ...fields }
  const response = await fetch(`${emulator.url}${path}`, {
    method: 'POST',
    headers: { apikey: String(key) },
    body: new URLSearchParams(form),
  })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: dict(JSON.parse(await response.text())),
  }
}

const hello = JSON.stringify({ type: 'text', text: 'Hola' })

function events(type: string): Dict[] {
  return received
    .filter((each) => each.type.includes('json'))
    .map((each) => dict(JSON.parse(each.text)))
    .filter((event) => event.type === type)
}

const statusesOf = (gsId: unknown) =>
  events('message-event')
    .map((event) => dict(event.payload))
    .filter((payload) => payload.gsId === gsId || payload.id === gsId)

async function write(phone: string, message: Dict) {
  const sent = await control('POST', `/customers/${phone}/messages`, {
    to: app.phone_number_id,
    name: 'Ana Pereira',
    ...message,
  })
  expect(sent.status).toBe(201)
  return String(sent.body.id)
}

describe('a session message', () => {
  test('is answered as text/html with an id of Gupshup’s, and its statuses have both ids', async () => {
    await write('59899123456', { type: 'text', text: 'Hi' })
    const sent = await post('/wa/api/v1/msg', { destination: '59899123456', message: hello })
    expect(sent).toMatchObject({ status: 202, body: { status: 'submitted' } })
    expect(sent.type).toContain('text/html')
    const gsId = sent.body.messageId
    await until('four statuses', () => statusesOf(gsId).length === 4)
    const told = new Map(statusesOf(gsId).map((status) => [status.type, status]))
    expect([...told.keys()].toSorted()).toEqual(['delivered', 'enqueued', 'read', 'sent'])
    const whatsappId = dict(told.get('enqueued')?.payload).whatsappMessageId
    expect(told.get('enqueued')).toMatchObject({ id: gsId })
    expect(told.get('enqueued')).not.toHaveProperty('gsId')
    expect(told.get('read')).toMatchObject({ id: whatsappId, gsId, destination: '59899123456' })
  })

  test('outside the 24 hours fails later, with Gupshup’s code', async () => {
    const sent = await post('/wa/api/v1/msg', { destination: '59899123457', message: hello })
    await until('the failure', () => statusesOf(sent.body.messageId).some(({ type }) => type === 'failed'))
    const failed = statusesOf(sent.body.messageId).find(({ type }) => type === 'failed')
    expect(failed).toMatchObject({ payload: { code: 470 } })
  })

  test.each<[string, Record<string, string>, object, number, string]>([
    ['a wrong key', {}, { key: 'no' }, 401, 'Authentication Failed'],
    ['a wrong name', {}, { name: 'Other' }, 400, 'Invalid App Details'],
    ['a wrong source', { source: '59811111111' }, {}, 400, 'Invalid App Details'],
    ['a wrong destination', { destination: '0' }, {}, 400, 'Invalid Destination'],
    ['no message', { message: 'x' }, {}, 400, 'Invalid Message'],
  ])('with %s is refused', async (_, fields, more, status, message) => {
    const sent = await post('/wa/api/v1/msg', { destination: '59899123456', message: hello, ...fields }, more)
    expect(sent).toMatchObject({ status, body: { status: 'error', message } })
  })
})

describe('templates', () => {
  async function templates(query = ''): Promise<Dict[]> {
    const url = `${emulator.url}/wa/app/${app.app_id}/template${query}`
    return dicts((await call('GET', url, { apikey: String(app.api_key) })).body.templates)
  }

  test('are listed by the page, their parts in a JSON text', async () => {
    const all = await templates()
    expect(all.length).toBeGreaterThan(3)
    const paged = [...(await templates('?pageNo=1&pageSize=2')), ...(await templates('?pageNo=2&pageSize=2'))]
    expect(paged.map(({ id }) => id)).toEqual(all.slice(0, 4).map(({ id }) => id))
    expect(dict(JSON.parse(String(all[0]?.containerMeta))).data).toEqual(expect.any(String))
  })

  test('are sent by their id with one list of values, and too few fail later', async () => {
    const found = (await templates()).find(
      ({ templateType, status, containerMeta }) =>
        templateType === 'TEXT' && status === 'APPROVED' && /\{\{1\}\}/.test(String(containerMeta)),
    )
    const body = String(dict(JSON.parse(String(found?.containerMeta))).data)
    const count = new Set(body.match(/\{\{\d+\}\}/g)).size
    const send = (params: string[]) =>
      post('/wa/api/v1/template/msg', {
        destination: '59899123456',
        template: JSON.stringify({ id: found?.id, params }),
      })
    const right = await send(Array.from({ length: count }, () => 'x'))
    await until('delivery', () => statusesOf(right.body.messageId).some(({ type }) => type === 'delivered'))
    const wrong = await send([])
    await until('failure', () => statusesOf(wrong.body.messageId).some(({ type }) => type === 'failed'))
    expect(statusesOf(wrong.body.messageId)[0]).toMatchObject({ id: wrong.body.messageId })
  })

  test('are submitted, reviewed, and the verdict comes as an event', async () => {
    await control('PATCH', '/settings', { template_review_ms: 10 })
    const fields = {
      elementName: 'order_soon',
      languageCode: 'es',
      category: 'UTILITY',
      templateType: 'TEXT',
      vertical: 'order_soon',
      content: 'Hola {{1}}, tu pedido llega pronto.',
      example: 'Hola [Ana], tu pedido llega pronto.',
    }
    const created = await post(`/wa/app/${app.app_id}/template`, fields)
    expect(created).toMatchObject({ status: 200, body: { template: { status: 'PENDING' } } })
    await until('the verdict', () => events('template-event').length === 1)
    expect(events('template-event')[0]).toMatchObject({
      payload: { type: 'status-update', status: 'approved', elementName: 'order_soon', languageCode: 'es' },
    })
  })
})

describe('what customers write', () => {
  test('comes in Gupshup’s words, a file with its address', async () => {
    await write('59899123456', { type: 'image', caption: 'Esta' })
    await write('59899123456', { type: 'button_reply', reply_id: 'yes', title: 'Sí' })
    await until('two messages', () => events('message').length === 2)
    const payloads = new Map(
      events('message').map((event) => [dict(event.payload).type, dict(event.payload)]),
    )
    expect(payloads.get('image')).toMatchObject({ source: '59899123456', sender: { name: 'Ana Pereira' } })
    const { url } = dict(payloads.get('image')?.payload)
    expect((await fetch(String(url))).status).toBe(200)
    expect(payloads.get('button_reply')).toMatchObject({ payload: { title: 'Sí', postbackText: 'yes' } })
  })

  test('is passed through in Meta’s words when the app wants version 3', async () => {
    await control('PATCH', `/gupshup/apps/${app.app_id}`, { version: 3 })
    await write('59899123456', { type: 'text', text: 'Hola' })
    await until('a message', () => received.length > 0)
    const body = dict(JSON.parse(received.at(-1)?.text ?? '{}'))
    expect(body).toMatchObject({ gs_app_id: app.app_id, object: 'whatsapp_business_account' })
  })
})

describe('switches', () => {
  test('a week later, statuses name WhatsApp’s id alone', async () => {
    await control('PATCH', '/settings', { gupshup_omit_gs_id: true })
    await write('59899123456', { type: 'text', text: 'Hi' })
    const sent = await post('/wa/api/v1/msg', { destination: '59899123456', message: hello })
    await until('statuses', () => events('message-event').length === 4)
    const told = events('message-event').map((event) => dict(event.payload))
    expect(told.filter(({ gsId }) => gsId !== undefined)).toEqual([])
    expect(told.filter(({ id }) => id === sent.body.messageId)).toHaveLength(1)
  })

  test('callbacks wait as long as the setting says', async () => {
    await control('PATCH', '/settings', { gupshup_callback_delay_ms: 150 })
    const startedMs = Date.now()
    await write('59899123456', { type: 'text', text: 'Hi' })
    await until('a message', () => events('message').length === 1)
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(145)
  })

  test.each(['object', 'array', 'form'])('delivery events come as %s', async (form) => {
    await control('PATCH', `/gupshup/apps/${app.app_id}`, { delivery_events: form })
    await write('59899123456', { type: 'text', text: 'Hi' })
    await post('/wa/api/v1/msg', { destination: '59899123456', message: hello })
    const deliveries = () => received.filter(({ text }) => text.includes('eventType'))
    await until('three', () => deliveries().length === 3)
    const isForm = form === 'form'
    expect(deliveries()[0]?.type).toContain(isForm ? 'x-www-form-urlencoded' : 'json')
    expect(deliveries()[0]?.text.startsWith(isForm ? 'response=' : form === 'array' ? '[' : '{')).toBe(true)
  })

  test('an answer that is not empty is flagged', async () => {
    answer = 'OK'
    await control('PATCH', `/gupshup/apps/${app.app_id}`, { callback_url: hubUrl() })
    await until('the flag', async () => {
      const { body } = await control('GET', `/gupshup/apps/${app.app_id}`)
      return dict(body.callbacks).non_empty_answers === 2
    })
    expect(events('user-event')[0]).toMatchObject({ payload: { type: 'sandbox-start' } })
    expect(events('platform-event')[0]).toMatchObject({ payload: { type: 'connectivity-check' } })
  })

  test('a callback that is not answered in time comes again', async () => {
    await control('PATCH', '/settings', { gupshup_callback_timeout_ms: 50, callback_retry_first_ms: 10 })
    server.once('request', (_request, response) => {
      response.end = () => response
    })
    await write('59899123456', { type: 'text', text: 'Hi' })
    await until('a second try', () => events('message').length === 2)
  })
})

test('partners pass Meta’s body through, read quality and wallet, and need their own token', async () => {
  await write('59899123456', { type: 'text', text: 'Hi' })
  const base = `${emulator.url}/partner/app/${app.app_id}`
  const headers = { authorization: String(app.partner_token) }
  const body = { to: '59899123456', type: 'text', text: { body: 'x' } }
  const sent = await call('POST', `${base}/v3/message`, headers, body)
  await until('statuses', () => statusesOf(dicts(sent.body.messages)[0]?.id).length === 4)
  expect((await call('GET', `${base}/ratings`, headers)).body).toMatchObject({
    health: { qualityRating: 'GREEN', messagingLimits: 'TIER_100K' },
  })
  expect((await call('GET', `${base}/wallet/balance`, headers)).body).toMatchObject({ status: 'success' })
  expect(dicts((await call('GET', `${base}/templates`, headers)).body.templates).length).toBeGreaterThan(3)
  expect((await call('GET', `${base}/ratings`, { authorization: String(app.api_key) })).status).toBe(401)
})

test('news of the account are told in Gupshup’s words', async () => {
  await control('PATCH', `/accounts/${app.waba_id}`, {
    review_status: 'REJECTED',
    messaging_limit: 'TIER_2K',
  })
  await until('two events', () => events('account-event').length === 2)
  expect(events('account-event').map((event) => dict(event.payload))).toEqual(
    expect.arrayContaining([
      { type: 'review-event', payload: { status: 'rejected', actionDate: expect.any(String) } },
      {
        type: 'capability-event',
        payload: { maxDailyConversationPerPhone: 2000, maxPhoneNumbersPerBusiness: 25 },
      },
    ]),
  )
})
