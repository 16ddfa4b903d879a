import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeCallback, signCallback } from './callbacks/encode-callback.ts'
import { dict, dicts, errorOf, Stage, until, wamidOf } from './testing/stage.ts'

describe('the bytes of a callback', () => {
  it('escape slashes and everything beyond ASCII in lower case', () => {
    const bytes = encodeCallback({ url: 'https://a.example/b', text: 'Ñandú 🌶 ]' })
    expect(bytes.toString('utf8')).toBe(
      '{"url":"https:\\/\\/a.example\\/b","text":"\\u00d1and\\u00fa \\ud83c\\udf36 ]"}',
    )
    expect(JSON.parse(bytes.toString('utf8')).text).toBe('Ñandú 🌶 ]')
  })

  it('are signed as given, so the same JSON written otherwise has another signature', () => {
    const bytes = encodeCallback({ text: 'é' })
    expect(signCallback(bytes, 'key')).toMatch(/^sha256=[0-9a-f]{64}$/)
    expect(signCallback(Buffer.from('{"text":"é"}'), 'key')).not.toBe(signCallback(bytes, 'key'))
  })
})

describe('callbacks', () => {
  let stage: Stage

  beforeEach(async () => {
    stage = await Stage.open()
  })

  afterEach(() => stage.close())

  const write = (text: string): Promise<unknown> =>
    stage.control('POST', '/customers/34600111333/messages', {
      to: stage.account.numberId,
      type: 'text',
      text,
    })

  it('carry the signature of the app secret over their exact bytes', async () => {
    await write('¿Tenéis lámparas azules? 💡')
    await until('the callback', () => stage.hub.received.length === 1)
    expect(stage.hub.isSignedBy(stage.account.appSecret)).toBe(true)
    expect(stage.hub.isSignedBy('another secret')).toBe(false)
    expect(stage.hub.received[0]?.text).toContain('\\u00bfTen\\u00e9is')
    const value = stage.hub.values()[0]
    expect(value?.metadata).toEqual({
      display_phone_number: stage.account.numberPhone,
      phone_number_id: stage.account.numberId,
    })
  })

  it('come again until the hub answers 200', async () => {
    await stage.settings({ callback_retry_first_ms: 20 })
    stage.hub.status = 503
    await write('one')
    await until('failures', async () => {
      const { body } = await stage.control('GET', '/callbacks')
      return Number(dicts(body.data)[0]?.failed_attempts) >= 2
    })
    stage.hub.status = 200
    await until('the message', () => stage.hub.received.length === 1)
  })

  it('wait while the hub is down and all arrive when it is back, each once', async () => {
    await stage.settings({ callback_retry_first_ms: 20, callback_retry_max_ms: 100 })
    await stage.hub.close()
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => stage.sendTemplate(`1415555${1000 + index}`)),
    )
    await sleep(600)
    await stage.hub.open()
    await until(
      'all statuses',
      () => stage.hub.values().flatMap((value) => dicts(value.statuses)).length >= 600,
    )
    for (const answer of answers) {
      expect(stage.hub.statusesOf(wamidOf(answer)).sort()).toEqual(['delivered', 'read', 'sent'])
    }
  })

  it('hold up to a thousand updates when told to fill batches', async () => {
    await stage.settings({ batch_size: 1000, batch_wait_ms: 1_500, statuses: 'sent', sent_after_ms: 0 })
    await Promise.all(Array.from({ length: 100 }, (_, index) => stage.sendTemplate(`1415555${2000 + index}`)))
    await until(
      'the batch',
      () => stage.hub.values().flatMap((value) => dicts(value.statuses)).length === 100,
    )
    expect(stage.hub.received.length).toBeLessThan(5)
    expect(Math.max(...stage.hub.values().map((value) => dicts(value.statuses).length))).toBeGreaterThan(10)
  })

  it('come twice and out of order when the switches say so', async () => {
    await stage.settings({ duplicate_probability: 1, disorder_probability: 0.9, disorder_by_ms: 300 })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => stage.sendTemplate(`1415555${3000 + index}`)),
    )
    const orders = (): string[][] => answers.map((answer) => stage.hub.statusesOf(wamidOf(answer)))
    await until('all of them twice', () => orders().every((order) => order.length === 6))
    const isDisordered = orders().some((order) => order.indexOf('read') < order.lastIndexOf('sent'))
    expect(isDisordered).toBe(true)
  })

  it('go to the override of the account, but template news go to the app', async () => {
    const override = stage.hub.url.replace('/webhooks/meta', '/webhooks/other')
    const asked = { override_callback_uri: override, verify_token: stage.hub.verifyToken }
    const answer = await stage.graph('POST', `/${stage.account.wabaId}/subscribed_apps`, asked)
    expect(answer.body).toEqual({ success: true })
    const apps = await stage.graph('GET', `/${stage.account.wabaId}/subscribed_apps`)
    expect(dicts(apps.body.data)[0]?.override_callback_uri).toBe(override)
    await write('hello')
    const templates = await stage.control('GET', '/templates')
    await stage.control('PATCH', `/templates/${dicts(templates.body.data)[0]?.id}`, { quality: 'RED' })
    await until('both', () => stage.hub.received.length === 2)
    const paths = new Map(
      stage.hub.received.map(({ path, text }) => [
        dicts(dicts(dict(JSON.parse(text)).entry)[0]?.changes)[0]?.field,
        path,
      ]),
    )
    expect(paths.get('messages')).toBe('/webhooks/other')
    expect(paths.get('message_template_quality_update')).toBe('/webhooks/meta')
  })

  it('go to the callback of the number before any other', async () => {
    const override = stage.hub.url.replace('/webhooks/meta', '/webhooks/number')
    const configuration = { override_callback_uri: override, verify_token: stage.hub.verifyToken }
    await stage.graph('POST', `/${stage.account.numberId}`, { webhook_configuration: configuration })
    await write('hello')
    await until('the message', () => stage.hub.received.length === 1)
    expect(stage.hub.received[0]?.path).toBe('/webhooks/number')
    const shown = await stage.graph('GET', `/${stage.account.numberId}?fields=webhook_configuration`)
    expect(dict(shown.body.webhook_configuration)).toEqual({
      phone_number: override,
      application: stage.hub.url,
    })
  })

  it('stop when the app leaves the account', async () => {
    await stage.graph('DELETE', `/${stage.account.wabaId}/subscribed_apps`)
    await write('anyone?')
    await sleep(100)
    expect(stage.hub.received).toEqual([])
  })

  it('are refused an address that does not repeat the challenge', async () => {
    const asked = { override_callback_uri: stage.hub.url, verify_token: 'wrong' }
    const answer = await stage.graph('POST', `/${stage.account.wabaId}/subscribed_apps`, asked)
    expect([answer.status, errorOf(answer).code]).toEqual([400, 2200])
    const appToken = `${stage.account.appId}|${stage.account.appSecret}`
    const subscription = {
      object: 'whatsapp_business_account',
      fields: 'messages',
      callback_url: stage.hub.url,
    }
    const path = `/${stage.account.appId}/subscriptions`
    expect(
      errorOf(await stage.graph('POST', path, { ...subscription, verify_token: 'wrong' }, appToken)).code,
    ).toBe(2200)
    const right = { ...subscription, verify_token: stage.hub.verifyToken }
    expect((await stage.graph('POST', path, right, appToken)).body).toEqual({ success: true })
    expect((await stage.graph('POST', path, right)).status).toBe(400)
  })

  it('tell a fall of quality and a new messaging limit', async () => {
    await stage.control('PATCH', `/numbers/${stage.account.numberId}`, { quality_rating: 'RED' })
    await stage.control('PATCH', `/accounts/${stage.account.wabaId}`, { messaging_limit: 'TIER_2K' })
    await until('both', () => stage.hub.changes().length === 2)
    const byField = new Map(stage.hub.changes().map((change) => [change.field, dict(change.value)]))
    expect(byField.get('phone_number_quality_update')).toMatchObject({ event: 'FLAGGED' })
    expect(byField.get('business_capability_update')).toMatchObject({
      max_daily_conversations_per_business: 'TIER_2K',
    })
    const shown = await stage.graph('GET', `/${stage.account.numberId}?fields=quality_rating`)
    expect(shown.body.quality_rating).toBe('RED')
  })

  it('carry any body a tester injects, signed', async () => {
    const body = { object: 'whatsapp_business_account', entry: [{ id: stage.account.wabaId, changes: [] }] }
    await stage.control('POST', '/webhooks', { waba_id: stage.account.wabaId, body })
    await stage.control('POST', '/webhooks', { waba_id: stage.account.wabaId, body: '{"broken":' })
    await until('both', () => stage.hub.received.length === 2)
    expect(stage.hub.isSignedBy(stage.account.appSecret)).toBe(true)
    expect(stage.hub.received.map(({ text }) => text)).toContain('{"broken":')
  })
})
