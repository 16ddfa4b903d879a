import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../rig/api.ts'
import { connectGupshup, type GupshupApp, through } from '../../rig/gupshup.ts'
import { openShop, prepareList, type Shop, waitForList } from '../../rig/shop.ts'

let shop: Shop
let app: GupshupApp
beforeAll(async () => {
  const whole = await openShop()
  const connected = await connectGupshup(whole)
  app = connected.app
  shop = through(whole, connected.connector)
})
afterAll(() => shop?.close())

interface Conversation {
  id: string
  contact: { phone: string | null; name: string }
}
interface Message {
  id: string
  direction: 'in' | 'out'
  type: string
  status: string
  preview: string
  content: Record<string, unknown>
  external_message_id: string | null
  quoted: { id: string | null } | null
  reactions: { emoji: string }[]
  error: { code: string } | null
}

function write(phone: string, message: object) {
  const said = { to: app.phone_number_id, name: 'Carla Customer', ...message }
  return shop.control.send<{ id: string }>('POST', `/_control/customers/${phone}/messages`, said)
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

async function reply(phone: string, message: object): Promise<Message> {
  const { id } = await conversationWith(phone)
  const path = `/api/v1/conversations/${id}/messages`
  const { status, body } = await shop.api.send<Message>('POST', path, message)
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return body
}

describe('connecting a Gupshup app', () => {
  const fields = (more: object) => {
    const { app_id, app_name, api_key, source } = app
    return { provider: 'gupshup', name: 'Again', app_id, app_name, api_key, source, ...more }
  }
  it.each<[string, object]>([
    ['api_key', { api_key: 'wrong' }],
    ['app_id', { app_id: '00000000-0000-4000-8000-000000000000' }],
    ['app_name', { app_name: 'NobodysApp' }],
    ['source', { source: '59811111111' }],
  ])('with a wrong %s says so at the field', async (path, wrong) => {
    const { status, body } = await shop.api.send('POST', '/api/v1/connectors', fields(wrong))
    expect(status).toBe(422)
    expect(body).toMatchObject({ error: { code: 'connector_check_failed' } })
    expect(JSON.stringify(body)).toContain(`"path":"${path}"`)
    expect(JSON.stringify(body)).not.toContain(app.api_key)
  })

  it('twice is refused: a number has one place', async () => {
    const { status, body } = await shop.api.send('POST', '/api/v1/connectors', fields({}))
    expect(status).toBe(409)
    expect(body).toMatchObject({ error: { code: 'number_already_connected' } })
  })

  it('makes a callback URL with a secret, and Gupshup finds its answers empty', async () => {
    expect(shop.connector.webhook_url).toMatch(/\/webhooks\/gupshup\/[\w-]{20,}\/[\w-]{22,}$/)
    await eventually(async () => {
      const { body } = await shop.control.get(`/_control/gupshup/apps/${app.app_id}`)
      expect(body.callbacks).toMatchObject({ accepted: 2, non_empty_answers: 0, failed_attempts: 0 })
    })
    const check = await shop.api.send('POST', `/api/v1/connectors/${shop.connector.id}/check`)
    expect(check.body).toMatchObject({ verdict: 'healthy' })
  })

  it('takes its templates over', async () => {
    await eventually(async () => {
      const query = `connector_id=${shop.connector.id}&status=APPROVED`
      const { body } = await shop.api.get<{ data: { name: string }[] }>(`/api/v1/templates?${query}`)
      expect(body.data.length).toBeGreaterThan(2)
    })
  })
})

describe('the callback URL', () => {
  const event = JSON.stringify({
    app: 'x',
    timestamp: 1762164000000,
    version: 2,
    type: 'message',
    payload: { id: 'ABEGforged', source: '59899111999', type: 'text', payload: { text: 'Let me in' } },
  })
  const post = async (url: string, body = event, type = 'application/json') => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body })
    return { status: response.status, text: await response.text() }
  }

  it('with another secret, another key or none lets nobody in', async () => {
    const { webhook_url } = shop.connector
    const withoutSecret = webhook_url.slice(0, webhook_url.lastIndexOf('/'))
    expect((await post(`${withoutSecret}/guess`)).status).toBe(401)
    expect((await post(`${webhook_url}x`)).status).toBe(401)
    expect((await post(`${withoutSecret}x/${webhook_url.split('/').at(-1)}`)).status).toBe(401)
    expect((await post(withoutSecret)).status).toBe(404)
    await expect(threadWith('59899111999')).rejects.toThrow('no conversation')
  })

  it('answers 200 and nothing else, whatever comes', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    for (const body of ['', 'not json', '{}', '[]', 'null', deep, '{"type":"message","payload":7}']) {
      expect(await post(shop.connector.webhook_url, body)).toEqual({ status: 200, text: '' })
    }
    const form = 'response=%5B%7B%22eventType%22%3A%22SENT%22%7D%5D'
    const answer = await post(shop.connector.webhook_url, form, 'application/x-www-form-urlencoded')
    expect(answer).toEqual({ status: 200, text: '' })
  })

  it('does not take what another app has to say', async () => {
    const foreign = event.replace('{', '{"appId":"00000000-0000-4000-8000-000000000000",')
    expect((await post(shop.connector.webhook_url, foreign)).status).toBe(200)
    await eventually(async () => {
      const { body } = await shop.api.get<{ data: unknown[] }>('/api/v1/inbound-logs?verdict=unrouted')
      expect(body.data.length).toBeGreaterThan(0)
    })
    await expect(threadWith('59899111999')).rejects.toThrow('no conversation')
  })
})

describe('a conversation through Gupshup', () => {
  it('the customer writes, is answered, and the answer comes back read', async () => {
    const phone = '59899000101'
    await write(phone, { type: 'text', text: 'Do you have it in blue?' })
    await eventually(async () =>
      expect((await threadWith(phone))[0]?.preview).toBe('Do you have it in blue?'),
    )
    expect((await conversationWith(phone)).contact.name).toBe('Carla Customer')
    await reply(phone, { type: 'text', text: { body: 'Yes, we do.' } })
    const answer = await eventually(async () => {
      const [newest] = await threadWith(phone)
      expect(newest).toMatchObject({ direction: 'out', preview: 'Yes, we do.', status: 'read' })
      return newest
    })
    expect(answer?.external_message_id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('a quote and a reaction find our message by WhatsApp’s id', async () => {
    const phone = '59899000102'
    await write(phone, { type: 'text', text: 'Hello' })
    await eventually(() => conversationWith(phone))
    const { id } = await reply(phone, { type: 'text', text: { body: 'At your service.' } })
    await eventually(async () => expect((await threadWith(phone))[0]?.status).toBe('read'))
    const thread = await shop.control.get<{ data: { wamid: string; from: string }[] }>(
      `/_control/customers/${phone}/thread?phone_number_id=${app.phone_number_id}`,
    )
    const wamid = thread.body.data.find(({ from }) => from === 'business')?.wamid
    // A week later Gupshup leaves its own id out.
    await shop.control.send('PATCH', '/_control/settings', { gupshup_omit_gs_id: true })
    await write(phone, { type: 'text', text: 'That one', context_message_id: wamid })
    await write(phone, { type: 'reaction', message_id: wamid, emoji: '👍' })
    await eventually(async () => {
      const messages = await threadWith(phone)
      expect(messages.find(({ preview }) => preview === 'That one')?.quoted).toMatchObject({ id })
      expect(messages.find((message) => message.id === id)?.reactions).toMatchObject([{ emoji: '👍' }])
    })
    await shop.control.send('PATCH', '/_control/settings', { gupshup_omit_gs_id: false })
  })

  it('files, taps and choices arrive, the file itself too', async () => {
    const phone = '59899000103'
    await write(phone, { type: 'image', caption: 'This one' })
    await write(phone, { type: 'button_reply', reply_id: 'yes', title: 'Yes, please' })
    await write(phone, { type: 'template_button', text: 'Stop', payload: 'stop' })
    await eventually(async () => {
      const messages = await threadWith(phone)
      expect(messages.map(({ type }) => type).toSorted()).toEqual(['button', 'image', 'interactive'])
      const file = messages.find(({ type }) => type === 'image')?.content.media_id
      expect((await shop.api.get(`/api/v1/media/${file}`)).status).toBe(200)
    })
  })

  it('a lost answer leaves the outcome open: nothing is sent twice', async () => {
    const phone = '59899009912'
    await write(phone, { type: 'text', text: 'Hello' })
    await eventually(() => conversationWith(phone))
    const before = (await shop.control.get('/_control/ledger?summary=1')).body
    await reply(phone, { type: 'text', text: { body: 'Did this arrive?' } })
    await eventually(async () => expect((await threadWith(phone))[0]?.status).toBe('unknown'))
    // Its statuses name an id that nobody was told: they prove nothing.
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect((await threadWith(phone))[0]?.status).toBe('unknown')
    const after = (await shop.control.get('/_control/ledger?summary=1')).body
    expect(Number(after.accepted) - Number(before.accepted)).toBe(1)
  })

  it('goes on in Meta’s words when the app passes them through (v3)', async () => {
    const phone = '59899000104'
    await shop.control.send('PATCH', `/_control/gupshup/apps/${app.app_id}`, { version: 3 })
    await write(phone, { type: 'text', text: 'In other words' })
    await eventually(() => conversationWith(phone))
    await reply(phone, { type: 'text', text: { body: 'The same to us.' } })
    await eventually(async () => expect((await threadWith(phone))[0]?.status).toBe('read'))
    await shop.control.send('PATCH', `/_control/gupshup/apps/${app.app_id}`, { version: 2 })
  })

  it('what Gupshup can’t send fails with its reason', async () => {
    const { body } = await shop.api.send<{ id: string }>('POST', '/api/v1/messages', {
      number_id: shop.numberId,
      to: '59899000103',
      type: 'image',
      image: { id: '4490709327384033' },
    })
    await eventually(async () => {
      const message = await shop.api.get<Message>(`/api/v1/messages/${body.id}`)
      expect(message.body).toMatchObject({ status: 'failed', error: { code: 'gupshup.not_supported' } })
    })
  })
})

describe('a list through Gupshup', () => {
  it('of 200 is delivered and read, each once, at Gupshup’s pace', async () => {
    const before = (await shop.control.get('/_control/ledger?summary=1')).body
    const list = await prepareList(shop, { rows: 200, category: 'MARKETING' })
    await shop.api.send('POST', `/api/v1/lists/${list.id}/start`)
    await waitForList(shop.api, list.id, 'finished')
    await eventually(async () => {
      const { body } = await shop.api.get<{ counts: object }>(`/api/v1/lists/${list.id}`)
      expect(body.counts).toMatchObject({
        total: 200,
        sent: 200,
        delivered: 200,
        read: 200,
        failed: 0,
        unknown: 0,
      })
    }, 60_000)
    const after = (await shop.control.get('/_control/ledger?summary=1')).body
    expect(Number(after.accepted) - Number(before.accepted)).toBe(200)
    expect(after.repeated_recipient_count).toBe(before.repeated_recipient_count)
  })
})

describe('a template’s news', () => {
  it('pauses it here too', async () => {
    const { body } = await shop.control.get<{ data: { id: string; name: string; status: string }[] }>(
      `/_control/templates?waba_id=${app.waba_id}`,
    )
    const template = body.data.find(({ status }) => status === 'APPROVED')
    await shop.control.send('PATCH', `/_control/templates/${template?.id}`, { status: 'PAUSED' })
    await eventually(async () => {
      const query = `connector_id=${shop.connector.id}&status=PAUSED`
      const paused = await shop.api.get<{ data: { name: string }[] }>(`/api/v1/templates?${query}`)
      expect(paused.body.data.map(({ name }) => name)).toContain(template?.name)
    })
  })
})
