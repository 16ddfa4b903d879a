import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GupshupStage } from './testing/gupshup-stage.ts'
import { dict, until } from './testing/stage.ts'

let stage: GupshupStage
beforeAll(async () => {
  stage = await GupshupStage.open()
})
afterAll(() => stage.close())
beforeEach(() => stage.reset())

const hello = JSON.stringify({ type: 'text', text: 'Hola' })

describe('a session message', () => {
  test('is answered as text/html with an id of Gupshup’s, and its statuses have both ids', async () => {
    await stage.write('59899123456', { type: 'text', text: 'Hi' })
    const sent = await stage.post('/wa/api/v1/msg', { destination: '59899123456', message: hello })
    expect(sent).toMatchObject({ status: 202, body: { status: 'submitted' } })
    expect(sent.type).toContain('text/html')
    const gsId = sent.body.messageId
    await until('four statuses', () => stage.statusesOf(gsId).length === 4)
    const told = new Map(stage.statusesOf(gsId).map((status) => [status.type, status]))
    expect([...told.keys()].toSorted()).toEqual(['delivered', 'enqueued', 'read', 'sent'])
    const whatsappId = dict(told.get('enqueued')?.payload).whatsappMessageId
    expect(told.get('enqueued')).toMatchObject({ id: gsId })
    expect(told.get('enqueued')).not.toHaveProperty('gsId')
    expect(told.get('read')).toMatchObject({ id: whatsappId, gsId, destination: '59899123456' })
  })

  test('outside the 24 hours fails later, with Gupshup’s code', async () => {
    const sent = await stage.post('/wa/api/v1/msg', { destination: '59899123457', message: hello })
    await until('the failure', () =>
      stage.statusesOf(sent.body.messageId).some(({ type }) => type === 'failed'),
    )
    const failed = stage.statusesOf(sent.body.messageId).find(({ type }) => type === 'failed')
    expect(failed).toMatchObject({ payload: { code: 470 } })
  })

  test.each<[string, Record<string, string>, object, number, string]>([
    ['a wrong key', {}, { key: 'no' }, 401, 'Authentication Failed'],
    ['a wrong name', {}, { name: 'Other' }, 400, 'Invalid App Details'],
    ['a wrong source', { source: '59811111111' }, {}, 400, 'Invalid App Details'],
    ['a wrong destination', { destination: '0' }, {}, 400, 'Invalid Destination'],
    ['no message', { message: 'x' }, {}, 400, 'Invalid Message'],
  ])('with %s is refused', async (_, fields, more, status, message) => {
    const sent = await stage.post(
      '/wa/api/v1/msg',
      { destination: '59899123456', message: hello, ...fields },
      more,
    )
    expect(sent).toMatchObject({ status, body: { status: 'error', message } })
  })
})

describe('what customers write', () => {
  test('comes in Gupshup’s words, a file with its address', async () => {
    await stage.write('59899123456', { type: 'image', caption: 'Esta' })
    await stage.write('59899123456', { type: 'button_reply', reply_id: 'yes', title: 'Sí' })
    await until('two messages', () => stage.events('message').length === 2)
    const payloads = new Map(
      stage.events('message').map((event) => [dict(event.payload).type, dict(event.payload)]),
    )
    expect(payloads.get('image')).toMatchObject({ source: '59899123456', sender: { name: 'Ana Pereira' } })
    const { url } = dict(payloads.get('image')?.payload)
    expect((await fetch(String(url))).status).toBe(200)
    expect(payloads.get('button_reply')).toMatchObject({ payload: { title: 'Sí', postbackText: 'yes' } })
  })

  test('is passed through in Meta’s words when the app wants version 3', async () => {
    await stage.control('PATCH', `/gupshup/apps/${stage.app.app_id}`, { version: 3 })
    await stage.write('59899123456', { type: 'text', text: 'Hola' })
    await until('a message', () => stage.received.length > 0)
    const body = dict(JSON.parse(stage.received.at(-1)?.text ?? '{}'))
    expect(body).toMatchObject({ gs_app_id: stage.app.app_id, object: 'whatsapp_business_account' })
  })
})

describe('switches', () => {
  test('a week later, statuses name WhatsApp’s id alone', async () => {
    await stage.control('PATCH', '/settings', { gupshup_omit_gs_id: true })
    await stage.write('59899123456', { type: 'text', text: 'Hi' })
    const sent = await stage.post('/wa/api/v1/msg', { destination: '59899123456', message: hello })
    await until('statuses', () => stage.events('message-event').length === 4)
    const told = stage.events('message-event').map((event) => dict(event.payload))
    expect(told.filter(({ gsId }) => gsId !== undefined)).toEqual([])
    expect(told.filter(({ id }) => id === sent.body.messageId)).toHaveLength(1)
  })

  test('callbacks wait as long as the setting says', async () => {
    await stage.control('PATCH', '/settings', { gupshup_callback_delay_ms: 150 })
    const startedMs = Date.now()
    await stage.write('59899123456', { type: 'text', text: 'Hi' })
    await until('a message', () => stage.events('message').length === 1)
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(145)
  })

  test.each(['object', 'array', 'form'])('delivery events come as %s', async (form) => {
    await stage.control('PATCH', `/gupshup/apps/${stage.app.app_id}`, { delivery_events: form })
    await stage.write('59899123456', { type: 'text', text: 'Hi' })
    await stage.post('/wa/api/v1/msg', { destination: '59899123456', message: hello })
    const deliveries = () => stage.received.filter(({ text }) => text.includes('eventType'))
    await until('three', () => deliveries().length === 3)
    const isForm = form === 'form'
    expect(deliveries()[0]?.type).toContain(isForm ? 'x-www-form-urlencoded' : 'json')
    expect(deliveries()[0]?.text.startsWith(isForm ? 'response=' : form === 'array' ? '[' : '{')).toBe(true)
  })

  test('an answer that is not empty is flagged', async () => {
    stage.answer = 'OK'
    await stage.control('PATCH', `/gupshup/apps/${stage.app.app_id}`, { callback_url: stage.hubUrl })
    await until('the flag', async () => {
      const { body } = await stage.control('GET', `/gupshup/apps/${stage.app.app_id}`)
      return dict(body.callbacks).non_empty_answers === 2
    })
    expect(stage.events('user-event')[0]).toMatchObject({ payload: { type: 'sandbox-start' } })
    expect(stage.events('platform-event')[0]).toMatchObject({ payload: { type: 'connectivity-check' } })
  })

  test('a callback that is not answered in time comes again', async () => {
    await stage.control('PATCH', '/settings', {
      gupshup_callback_timeout_ms: 50,
      callback_retry_first_ms: 10,
    })
    stage.server.once('request', (_request, response) => {
      response.end = () => response
    })
    await stage.write('59899123456', { type: 'text', text: 'Hi' })
    await until('a second try', () => stage.events('message').length === 2)
  })
})
