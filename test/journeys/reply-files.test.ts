import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../rig/api.ts'
import { connectGupshup, through } from '../../rig/gupshup.ts'
import { openShop, type Shop } from '../../rig/shop.ts'

interface Message {
  id: string
  type: string
  status: string
  content: Record<string, unknown>
}
interface ReplyFile {
  id: string
  kind: string
}

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

// The smallest PNG there is.
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

async function conversationOf(here: Shop, phone: string, secondsAgo = 0): Promise<string> {
  await here.control.send('POST', `/_control/customers/${phone}/messages`, {
    to: here.phoneNumberId,
    type: 'text',
    text: 'Could you send me a picture?',
    timestamp: Math.floor(Date.now() / 1000) - secondsAgo,
  })
  return eventually(async () => {
    const { body } = await here.api.get<{ data: { id: string; contact: { phone: string } }[] }>(
      '/api/v1/conversations?limit=200',
    )
    const found = body.data.find(({ contact }) => contact.phone === phone)
    if (found === undefined) throw new Error(`${phone} has not arrived.`)
    return found.id
  })
}

async function upload(conversation: string, file: { name: string; type: string; bytes: Buffer }) {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name)
  const response = await fetch(`${shop.hub.url}/api/v1/conversations/${conversation}/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.key}` },
    body: form,
  })
  const {
    id = '',
    kind = '',
    error,
  }: Partial<ReplyFile & { error: { code: string } }> = JSON.parse(await response.text())
  return { status: response.status, body: { id, kind, error } }
}

async function send(conversation: string, reply: object): Promise<Message> {
  const path = `/api/v1/conversations/${conversation}/messages`
  const { status, body } = await shop.api.send<Message>('POST', path, reply)
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return body
}

function delivered(conversation: string, id: string): Promise<Message> {
  return eventually(async () => {
    const { body } = await shop.api.get<{ data: Message[] }>(`/api/v1/conversations/${conversation}/messages`)
    const message = body.data.find((one) => one.id === id)
    if (message?.status !== 'read') throw new Error(`The message is ${message?.status}.`)
    return message
  })
}

describe('a file of a reply', () => {
  it('goes to the provider first and to the customer with its caption, and is seen in the thread', async () => {
    const conversation = await conversationOf(shop, '59891000201')
    const { status, body: file } = await upload(conversation, {
      name: 'dot.png',
      type: 'image/png',
      bytes: picture,
    })
    expect({ status, kind: file.kind }).toEqual({ status: 201, kind: 'image' })
    const sent = await send(conversation, { type: 'image', image: { media_id: file.id, caption: 'Here' } })
    expect((await delivered(conversation, sent.id)).content).toMatchObject({
      media_id: file.id,
      image: { caption: 'Here' },
    })
    const { body: thread } = await shop.control.get<{
      data: { type: string; text: string; media?: object }[]
    }>(`/_control/customers/59891000201/thread?phone_number_id=${shop.phoneNumberId}`)
    expect(thread.data.at(-1)).toMatchObject({ type: 'image', text: 'Here', media: expect.anything() })
    const kept = await fetch(`${shop.hub.url}/api/v1/media/${file.id}`, {
      headers: { authorization: `Bearer ${shop.key}` },
    })
    expect(Buffer.from(await kept.arrayBuffer())).toEqual(picture)
  })

  it('keeps the name of a document', async () => {
    const conversation = await conversationOf(shop, '59891000202')
    const bytes = Buffer.from('%PDF-1.4\n%%EOF\n')
    const { body: file } = await upload(conversation, { name: 'Año (1).pdf', type: 'application/pdf', bytes })
    const sent = await send(conversation, { type: 'document', document: { media_id: file.id } })
    expect((await delivered(conversation, sent.id)).content).toMatchObject({
      document: { filename: 'Año (1).pdf' },
    })
  })

  it.each([
    ['of a kind that WhatsApp does not take', 'page.html', 'text/html', 10, 415, 'unsupported_media_type'],
    [
      'that is too large for its kind',
      'huge.png',
      'image/png',
      5 * 1024 * 1024 + 1,
      413,
      'payload_too_large',
    ],
    ['without anything in it', 'none.png', 'image/png', 0, 422, 'validation_failed'],
  ])('%s is refused with a sentence', async (_, name, type, size, status, code) => {
    const conversation = await conversationOf(shop, '59891000203')
    const answer = await upload(conversation, { name, type, bytes: Buffer.alloc(size) })
    expect(answer).toMatchObject({ status, body: { error: { code } } })
  })

  it('of another conversation, or of another kind, is not found', async () => {
    const [here, there] = [
      await conversationOf(shop, '59891000204'),
      await conversationOf(shop, '59891000205'),
    ]
    const { body: file } = await upload(here, { name: 'dot.png', type: 'image/png', bytes: picture })
    const wrong = await shop.api.send('POST', `/api/v1/conversations/${there}/messages`, {
      type: 'document',
      document: { media_id: file.id },
    })
    expect(wrong.status).toBe(404)
  })

  it('is not taken any more when the 24 hours are over', async () => {
    const conversation = await conversationOf(shop, '59891000206', 86_500)
    const answer = await upload(conversation, { name: 'dot.png', type: 'image/png', bytes: picture })
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'window_closed' } } })
  })

  it('goes to Gupshup by an address that is good for this file only', async () => {
    const { app, connector } = await connectGupshup(shop)
    const line = { ...through(shop, connector), phoneNumberId: app.phone_number_id }
    const conversation = await conversationOf(line, '59891000207')
    const { body: file } = await upload(conversation, { name: 'dot.png', type: 'image/png', bytes: picture })
    const sent = await send(conversation, { type: 'image', image: { media_id: file.id } })
    const { content } = await delivered(conversation, sent.id)
    const link = String(Reflect.get(Object(content.image), 'link'))
    const fetched = await fetch(link)
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(picture)
    expect((await fetch(link.replace('until=', 'until=1'))).status).toBe(404)
    expect((await fetch(link.replace(file.id, `med_${'0'.repeat(32)}`))).status).toBe(404)
  })
})
