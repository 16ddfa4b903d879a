import { createHash } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startEmulator } from '../../../emulator/index.ts'
import { createLog } from '../../platform/index.ts'
import type { MetaConnection } from '../connection.ts'
import { createProviders } from '../providers.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 3 })
const providers = createProviders({ log: createLog({ level: 'silent' }), connections: 4 })
const { meta } = providers
afterAll(async () => {
  await providers.close()
  await emulator.stop()
})

const said = z.looseObject({
  id: z.string().optional(),
  app_id: z.string().optional(),
  data: z.array(z.looseObject({})).optional(),
})

async function control(path: string, body?: object) {
  const answer = await fetch(`${emulator.url}/_control${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return said.parse(await answer.json())
}

const made = await providers.sandbox.createAccount(emulator.url, {
  name: 'Corner Shop',
  webhook: { callback_url: 'http://127.0.0.1:9/webhooks/meta/k', verify_token: 'v' },
})
if (!made.ok) throw new Error('The emulator made no account.')
const account = made.value
const connection: MetaConnection = {
  provider: 'sandbox',
  graph_url: emulator.url,
  graph_version: 'v25.0',
  waba_id: account.waba_id,
  app_id: null,
  access_token: account.access_token,
  app_secret: account.app_secret,
  verify_token: 'v',
}
const number = account.phone_number_id
const customer = '59899123450'
const text = { to: customer, type: 'text', text: { body: 'Hola 👋' } }

describe('the Graph API, as the emulator plays it', () => {
  test('a reply is accepted once the customer has written, and can be marked read', async () => {
    expect(await meta.send(connection, number, { ...text, to: 'not a phone' })).toMatchObject({
      kind: 'refused',
    })
    const inbound = await control(`/customers/${customer}/messages`, { to: number, type: 'text', text: 'Hi' })
    expect(await meta.send(connection, number, text)).toMatchObject({
      kind: 'accepted',
      external_id: expect.stringMatching(/^wamid\./),
      held: false,
      wa_id: customer,
    })
    const read = await meta.markRead(connection, number, inbound.id ?? '', { typing: true })
    expect(read).toEqual({ ok: true, value: null })
  })

  test('a wrong token, a foreign number and a wrong secret are told apart', async () => {
    const stranger = { ...connection, access_token: 'EAAwrong' }
    expect(await meta.send(stranger, number, text)).toMatchObject({ kind: 'refused', error: { code: '190' } })
    expect(await meta.readNumber(connection, '123456789')).toMatchObject({ ok: false })
    expect(await meta.verifyAppSecret(connection)).toMatchObject({ ok: true })
    const wrong = await meta.verifyAppSecret({ ...connection, app_secret: 'x' })
    expect(wrong).toMatchObject({ ok: false, error: { code: '100' } })
  })

  test('number, account, token and subscription are read', async () => {
    expect(await meta.readNumber(connection, number)).toMatchObject({
      ok: true,
      value: {
        phone_number_id: number,
        quality_rating: 'GREEN',
        throughput: 'STANDARD',
        status: 'CONNECTED',
      },
    })
    expect(await meta.listNumbers(connection, account.waba_id)).toMatchObject({
      ok: true,
      value: [{ phone_number_id: number }],
    })
    expect(await meta.readWaba(connection, account.waba_id)).toMatchObject({
      ok: true,
      value: { name: 'Corner Shop' },
    })
    const token = await meta.debugToken(connection)
    expect(token).toMatchObject({
      ok: true,
      value: { is_valid: true, expires_at: null, waba_ids: [account.waba_id] },
    })
    const appId = token.ok ? token.value.app_id : ''
    expect(await meta.readAppSubscription(connection, appId)).toMatchObject({
      ok: true,
      value: {
        callback_url: 'http://127.0.0.1:9/webhooks/meta/k',
        fields: expect.arrayContaining(['messages']),
      },
    })
  })

  test('nobody there is an answer too', async () => {
    const lost = { ...connection, graph_url: 'http://127.0.0.1:1' }
    expect(await meta.readWaba(lost, '1')).toMatchObject({ ok: false, error: { code: 'unreachable' } })
    expect(await meta.send(lost, number, text)).toMatchObject({ kind: 'unsent', reason: 'ECONNREFUSED' })
    const pages = []
    for await (const page of meta.listTemplates(lost)) pages.push(page)
    expect(pages).toMatchObject([{ ok: false, error: { code: 'unreachable' } }])
  })
})

describe('a file of a customer', () => {
  async function someFile() {
    const bytes = Buffer.from('a small picture')
    const form = new FormData()
    form.set('messaging_product', 'whatsapp')
    form.set('type', 'image/png')
    form.set('file', new Blob([bytes], { type: 'image/png' }), 'a.png')
    const headers = { authorization: `Bearer ${connection.access_token}` }
    const url = `${emulator.url}/v25.0/${number}/media`
    const answer = await fetch(url, { method: 'POST', headers, body: form })
    return { bytes, id: said.parse(await answer.json()).id ?? '' }
  }

  test('is found and fetched', async () => {
    const { bytes, id } = await someFile()
    const media = await meta.readMedia(connection, id, number)
    expect(media).toMatchObject({ ok: true, value: { mime_type: 'image/png', size: bytes.length } })
    if (!media.ok) return
    const file = await meta.downloadMedia(connection, media.value.url, { bytesMax: 1000 })
    expect(file).toEqual({ ok: true, value: bytes })
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(media.value.sha256)
    const cut = await meta.downloadMedia(connection, media.value.url, { bytesMax: 5 })
    expect(cut).toMatchObject({ ok: false, error: { detail: 'The file is too large.' } })
  })

  test.each([
    'https://evil.example/file',
    'http://lookaside.fbsbx.com/file',
    'https://lookaside.fbsbx.com.evil.example/x',
    'https://evilfbsbx.com/x',
    'https://lookaside.fbsbx.com:8443/x',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'not a url',
  ])('is not fetched from %s: the token goes to the provider only', async (url) => {
    const file = await meta.downloadMedia(connection, url, { bytesMax: 1000 })
    expect(file).toMatchObject({ ok: false, error: { code: 'unreadable' } })
  })
})
