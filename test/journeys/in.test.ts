import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../rig/api.ts'
import { databaseFingerprint } from '../../rig/database-fingerprint.ts'
import { openShop, type Shop } from '../../rig/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

interface Conversation {
  id: string
  contact: { phone: string | null; name: string }
  unread_count: number
  window_open: boolean
  last_message: { preview: string } | null
}
interface Message {
  id: string
  direction: 'in' | 'out'
  type: string
  status: string
  preview: string
  content: Record<string, unknown>
  external_message_id: string | null
}

function write(phone: string, message: Record<string, unknown>) {
  return shop.control.send<{ id: string }>('POST', `/_control/customers/${phone}/messages`, {
    to: shop.phoneNumberId,
    name: 'Carla Customer',
    ...message,
  })
}

async function conversationWith(phone: string): Promise<Conversation> {
  const { body } = await shop.api.get<{ data: Conversation[] }>('/api/v1/conversations?limit=200')
  const conversation = body.data.find((each) => each.contact.phone === phone)
  if (conversation === undefined) throw new Error(`There is no conversation with ${phone}.`)
  return conversation
}

async function threadWith(phone: string): Promise<Message[]> {
  const { id } = await conversationWith(phone)
  return (await shop.api.get<{ data: Message[] }>(`/api/v1/conversations/${id}/messages`)).body.data
}

/** Waits until nothing that came is left to be worked on. */
function allWorkedOn(): Promise<void> {
  return eventually(async () => {
    const { body } = await shop.api.get<{ data: unknown[] }>('/api/v1/inbound-logs?verdict=received')
    expect(body.data).toHaveLength(0)
  })
}

function sign(body: string | Buffer): string {
  return `sha256=${createHmac('sha256', shop.account.app_secret).update(body).digest('hex')}`
}

async function post(
  body: string | Buffer,
  headers: Record<string, string>,
): Promise<{ status: number; text: string }> {
  const response = await fetch(shop.connector.webhook_url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
  return { status: response.status, text: await response.text() }
}

function textWebhook(id: string, text: string, from = '59899000111', timestamp = '1749416383'): string {
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: shop.account.waba_id,
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '59891234567', phone_number_id: shop.phoneNumberId },
              contacts: [{ profile: { name: 'Nora' }, wa_id: from }],
              messages: [{ from, id, timestamp, type: 'text', text: { body: text } }],
            },
          },
        ],
      },
    ],
  })
}

describe('what customers write', () => {
  it('arrives in the inbox, is answered, and the answer comes back read', async () => {
    await write('59899000001', { type: 'text', text: 'Do you have it in blue?' })
    const conversation = await eventually(() => conversationWith('59899000001'))
    expect(conversation).toMatchObject({
      contact: { name: 'Carla Customer' },
      unread_count: 1,
      window_open: true,
      last_message: { preview: 'Do you have it in blue?' },
    })
    const reply = await shop.api.send<Message>('POST', `/api/v1/conversations/${conversation.id}/messages`, {
      type: 'text',
      text: { body: 'Yes, we do.' },
    })
    expect(reply.status).toBeLessThan(300)
    await eventually(async () => {
      const [newest] = await threadWith('59899000001')
      expect(newest).toMatchObject({ direction: 'out', preview: 'Yes, we do.', status: 'read' })
    })
  })

  it('keeps captions, button and list replies, reactions, and what it does not know', async () => {
    const phone = '59899000002'
    await write(phone, { type: 'image', caption: 'This one' })
    await write(phone, { type: 'button_reply', reply_id: 'yes', title: 'Yes, please' })
    await write(phone, { type: 'list_reply', reply_id: 'm', title: 'Medium', description: 'Fits most' })
    const { body: sent } = await write(phone, { type: 'text', text: 'Thanks' })
    await eventually(async () => expect(await threadWith(phone)).toHaveLength(4))
    await shop.control.send('POST', '/_control/webhooks', {
      waba_id: shop.account.waba_id,
      phone_number_id: shop.phoneNumberId,
      body: textWebhook('wamid.unknown.kind', 'x', phone).replace('"type":"text"', '"type":"hologram"'),
    })
    const thread = await eventually(async () => {
      const messages = await threadWith(phone)
      expect(messages).toHaveLength(5)
      return messages
    })
    expect(thread.map((message) => message.type).toSorted()).toEqual([
      'hologram',
      'image',
      'interactive',
      'interactive',
      'text',
    ])
    const image = thread.find((message) => message.type === 'image')
    expect(image?.preview).toContain('This one')
    await eventually(async () =>
      expect((await shop.api.get(`/api/v1/media/${image?.content.media_id}`)).status).toBe(200),
    )
    expect(thread.some((message) => message.external_message_id === sent.id)).toBe(true)
  })

  it('a message told twice is there once (T03)', async () => {
    const body = textWebhook('wamid.told.twice', 'Only once', '59899000003')
    for (let i = 0; i < 20; i++)
      expect((await post(body, { 'x-hub-signature-256': sign(body) })).status).toBe(200)
    await allWorkedOn()
    expect(await threadWith('59899000003')).toHaveLength(1)
    expect((await conversationWith('59899000003')).unread_count).toBe(1)
  })
})

describe('T01, T02: a signature that is missing or wrong', () => {
  const body = () => textWebhook('wamid.unsigned', 'Let me in', '59899000004')
  it.each<[string, (valid: string) => Record<string, string>]>([
    ['is missing', () => ({})],
    ['has the wrong prefix', (valid) => ({ 'x-hub-signature-256': valid.replace('sha256=', 'sha1=') })],
    ['is too short', (valid) => ({ 'x-hub-signature-256': valid.slice(0, -2) })],
    ['is no hex', (valid) => ({ 'x-hub-signature-256': `${valid.slice(0, -2)}zz` })],
    ['is in upper case', (valid) => ({ 'x-hub-signature-256': `sha256=${valid.slice(7).toUpperCase()}` })],
    ['comes twice', (valid) => ({ 'x-hub-signature-256': `${valid}, ${valid}` })],
  ])('that %s gets 401 and leaves nothing behind', async (_, headers) => {
    const answer = await post(body(), headers(sign(body())))
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.text)).toMatchObject({
      error: { code: 'signature_mismatch', message: 'Signature mismatch' },
    })
    await expect(threadWith('59899000004')).rejects.toThrow('no conversation')
  })

  it('over a body that was changed or written anew gets 401', async () => {
    const signature = sign(body())
    for (const changed of [
      body().replace('Let me in', 'Let me iN'),
      JSON.stringify(JSON.parse(body()), null, 1),
    ]) {
      expect((await post(changed, { 'x-hub-signature-256': signature })).status).toBe(401)
    }
  })
})

describe('T08, T09, T10: hostile bodies', () => {
  it('are stored, answered 200 and take nothing down', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const bodies: (string | Buffer)[] = [
      Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
      'not json at all',
      '{"object":"whatsapp_business_account","entry":null}',
      `{"object":"whatsapp_business_account","entry":${deep}}`,
      textWebhook('wamid.nul', 'a\u0000b', '59899000005'),
      textWebhook('wamid.surrogate', 'x', '59899000006').replace('"x"', '"\\ud800 alone"'),
      textWebhook('wamid.proto', 'p', '59899000007').replace(
        '"text":{',
        '"__proto__":{"type":"owned"},"text":{',
      ),
      textWebhook('wamid.rtl', '\u202Eevil\u2069', '59899000008'),
      textWebhook('wamid.year9999', 't', '59899000009', '253402300799'),
      textWebhook('wamid.negative', 't', '59899000010', '-1'),
      textWebhook('wamid.words', 't', '59899000011', 'abc'),
      textWebhook('wamid.millis', 't', '59899000012', '1749416383000'),
    ]
    for (const body of bodies)
      expect((await post(body, { 'x-hub-signature-256': sign(body) })).status).toBe(200)
    for (const phone of [5, 6, 7, 8, 9, 10, 11, 12].map((n) => `598990000${String(n).padStart(2, '0')}`)) {
      await eventually(async () => expect(await threadWith(phone), phone).toHaveLength(1))
    }
    expect((await fetch(`${shop.hub.url}/readyz`)).status).toBe(200)
  })
})

describe('the inbound log', () => {
  it('keeps what came after kill -9: a message answered 200 is never lost', async () => {
    const body = textWebhook('wamid.before.kill', 'Still here?', '59899000020')
    expect((await post(body, { 'x-hub-signature-256': sign(body) })).status).toBe(200)
    await shop.hub.kill()
    await shop.restart()
    await eventually(async () => expect((await threadWith('59899000020'))[0]?.preview).toBe('Still here?'))
  })

  it('replayed whole, twice, changes nothing (I7)', async () => {
    await allWorkedOn()
    const before = await databaseFingerprint(shop)
    for (let i = 0; i < 2; i++) {
      const replay = await shop.api.send('POST', '/api/v1/inbound-logs/replay', {
        since: '2020-01-01T00:00:00Z',
        until: '2099-01-01T00:00:00Z',
      })
      expect(replay.status).toBeLessThan(300)
      await allWorkedOn()
    }
    expect(await databaseFingerprint(shop)).toEqual(before)
  })
})
