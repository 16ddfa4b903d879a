import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { summarizeLedger } from './control/summarize-ledger.ts'
import { type Dict, dict, dicts, errorOf, Stage, until, wamidOf } from './testing/stage.ts'
import { Ledger } from './world/ledger.ts'

let stage: Stage

beforeAll(async () => {
  stage = await Stage.open()
})

afterAll(() => stage.close())

const act = (phone: string, message: Dict) =>
  stage.control('POST', `/customers/${phone}/messages`, { to: stage.account.numberId, ...message })

const inboundOf = (id: unknown): Dict | undefined =>
  stage.hub
    .values()
    .flatMap((value) => dicts(value.messages))
    .find((message) => message.id === id)

describe('acting as a customer', () => {
  const quoted = { context_message_id: 'wamid.quoted' }

  it.each([
    [
      { type: 'text', text: 'Hello' },
      { type: 'text', text: { body: 'Hello' } },
    ],
    [
      { type: 'template_button', text: 'Stop', ...quoted },
      { type: 'button', button: { payload: 'Stop', text: 'Stop' } },
    ],
    [
      { type: 'button_reply', reply_id: 'yes', title: 'Yes', ...quoted },
      { interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } } },
    ],
    [
      { type: 'list_reply', reply_id: 'x', title: 'Express', description: 'Tomorrow' },
      {
        interactive: {
          type: 'list_reply',
          list_reply: { id: 'x', title: 'Express', description: 'Tomorrow' },
        },
      },
    ],
    [
      { type: 'reaction', message_id: 'wamid.x', emoji: '👍' },
      { reaction: { message_id: 'wamid.x', emoji: '👍' } },
    ],
    [{ type: 'location', latitude: 1.5, longitude: 2.5 }, { location: { latitude: 1.5, longitude: 2.5 } }],
    [{ type: 'unsupported' }, { type: 'unsupported', unsupported: { type: 'poll' } }],
    [
      { type: 'raw', message: { type: 'hologram', hologram: { depth: 3 } } },
      { type: 'hologram', hologram: { depth: 3 } },
    ],
  ])('%j arrives as Meta would send it', async (sent, arrives) => {
    const { body } = await act('34600222111', sent)
    await until('the message', () => inboundOf(body.id) !== undefined)
    expect(inboundOf(body.id)).toMatchObject({
      from: '34600222111',
      timestamp: expect.stringMatching(/^\d+$/),
      ...arrives,
    })
    if ('context_message_id' in sent) {
      expect(inboundOf(body.id)?.context).toEqual({ from: stage.account.numberPhone, id: 'wamid.quoted' })
    }
  })

  it.each(['image', 'document', 'audio', 'video', 'sticker'])(
    'a sample %s can be fetched from its link',
    async (type) => {
      const { body } = await act('34600222112', { type })
      await until('the message', () => inboundOf(body.id) !== undefined)
      const media = dict(inboundOf(body.id)?.[type])
      const headers = { authorization: `Bearer ${stage.account.token}` }
      const response = await fetch(String(media.url), { headers })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe(media.mime_type)
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(30)
    },
  )

  it('the thread shows both sides as the phone does', async () => {
    await act('34600222113', { type: 'text', text: 'Where is my order?', name: 'Idris' })
    const parameters = [
      { type: 'text', text: 'Idris' },
      { type: 'text', text: 'Q-7' },
    ]
    const template = {
      name: 'order_confirmation',
      language: { code: 'en_US' },
      components: [{ type: 'body', parameters }],
    }
    await stage.send({ to: '34600222113', type: 'template', template })
    const { body } = await stage.control(
      'GET',
      `/customers/34600222113/thread?phone_number_id=${stage.account.numberId}`,
    )
    expect(body.customer).toMatchObject({ name: 'Idris', has_open_window: true })
    expect(dicts(body.data).map((message) => [message.from, message.text])).toEqual([
      ['customer', 'Where is my order?'],
      ['business', 'Thank you, Idris! Your order Q-7 is confirmed and we are packing it now.'],
    ])
    expect(dicts(dicts(body.data)[1]?.buttons).map((button) => button.text)).toEqual([
      'Where is it?',
      'Stop updates',
    ])
  })

  it('a customer who blocks gets nothing, and one who stopped offers fails marketing with 131050', async () => {
    const who = { phone_number_id: stage.account.numberId }
    await stage.control('PATCH', '/customers/34600222114', { ...who, blocks: true })
    const blocked = wamidOf(await stage.sendTemplate('34600222114'))
    await stage.control('PATCH', '/customers/34600222115', { ...who, marketing: 'stop' })
    const stopped = wamidOf(await stage.sendTemplate('34600222115'))
    await until('the failure', () => stage.hub.statusesOf(stopped).length > 0)
    expect(stage.hub.statusesOf(stopped)).toEqual(['failed:131050'])
    const preferences = stage.hub.values().flatMap((value) => dicts(value.user_preferences))
    expect(preferences).toMatchObject([
      { wa_id: '34600222115', value: 'stop', category: 'marketing_messages' },
    ])
    await new Promise((done) => setTimeout(done, 500))
    expect(stage.hub.statusesOf(blocked)).toEqual(['sent'])
  })

  it('a customer with a username and no phone is known by her user id, and can be answered by it', async () => {
    const who = { phone_number_id: stage.account.numberId, hides_phone: true, username: 'quiet.reader' }
    await stage.control('PATCH', '/customers/34600222116', who)
    const { body } = await act('34600222116', { type: 'text', text: 'Psst' })
    await until('the message', () => inboundOf(body.id) !== undefined)
    expect(inboundOf(body.id)).not.toHaveProperty('from')
    expect(inboundOf(body.id)?.from_user_id).toMatch(/^ES\.\d+$/)
    const answer = await stage.send({ recipient: body.user_id, text: { body: 'Yes?' } })
    expect(dicts(answer.body.contacts)[0]).toEqual({ input: body.user_id, user_id: body.user_id })
    await until('statuses', () => stage.hub.statusesOf(wamidOf(answer)).length === 3)
    const status = stage.hub
      .values()
      .flatMap((value) => dicts(value.statuses))
      .find((each) => each.id === wamidOf(answer))
    expect(status).not.toHaveProperty('recipient_id')
    expect(status?.recipient_user_id).toBe(body.user_id)
  })

  it('an unknown number and an unknown type are refused in words', async () => {
    expect(
      (await stage.control('POST', '/customers/34600222117/messages', { to: '1', type: 'text', text: 'x' }))
        .status,
    ).toBe(404)
    const wrong = await act('34600222117', { type: 'telegram' })
    expect(wrong.status).toBe(422)
    expect(String(errorOf(wrong).message)).toContain('type')
  })
})

describe('the ledger', () => {
  it('lists what was accepted, by number, by recipient and in pages', async () => {
    await stage.settings({ statuses: 'none' })
    const account = await stage.newAccount({})
    for (let row = 0; row < 7; row += 1) {
      const message = {
        to: String(34600333000 + (row % 6)),
        type: 'template',
        template: { name: 'welcome', language: { code: 'en_US' } },
      }
      await stage.send({ ...message, biz_opaque_callback_data: `row-${row % 6}` }, account)
    }
    const path = `/ledger?phone_number_id=${account.numberId}`
    const first = await stage.control('GET', `${path}&limit=5`)
    expect(dicts(first.body.data)).toHaveLength(5)
    const second = await stage.control('GET', `${path}&limit=5&cursor=${first.body.next_cursor}`)
    expect(dicts(second.body.data)).toHaveLength(2)
    expect(second.body.next_cursor).toBeNull()
    const one = await stage.control('GET', `${path}&to=34600333000`)
    expect(dicts(one.body.data)).toMatchObject([
      { template: 'welcome', to: '34600333000' },
      { to: '34600333000' },
    ])
    const { body } = await stage.control('GET', '/ledger?summary=1')
    expect(body.repeated_recipients).toEqual([
      { phone_number_id: account.numberId, to: '34600333000', count: 2 },
    ])
    expect(body.repeated_opaque).toEqual([{ biz_opaque_callback_data: 'row-0', count: 2 }])
  })

  it('sums up a million messages in memory within two seconds', () => {
    const ledger = new Ledger()
    ledger.addNumber('100')
    const kindIndex = ledger.kindIndex({
      type: 'text',
      templateName: undefined,
      templateLanguage: undefined,
      category: 'service',
    })
    for (let at = 0; at < 1_000_000; at += 1) {
      const recipient = 34600000000 + (at % 999_999)
      ledger.accept(
        { numberIndex: 0, recipient, kindIndex, opaque: `m${at % 999_998}`, body: {} },
        1e12 + at / 10,
        1000,
      )
    }
    const startMs = performance.now()
    const summary = summarizeLedger(ledger)
    expect(performance.now() - startMs).toBeLessThan(2000)
    expect(summary).toMatchObject({
      accepted: 1_000_000,
      recipients: 999_999,
      repeated_recipient_count: 1,
      repeated_opaque_count: 2,
    })
    expect(summary.by_number[0]?.worst_second).toBe(10_000)
  }, 20_000)

  it('finds an entry again from its wamid alone', () => {
    const ledger = new Ledger()
    ledger.addNumber('100')
    const kindIndex = ledger.kindIndex({
      type: 'text',
      templateName: undefined,
      templateLanguage: undefined,
      category: 'service',
    })
    const accept = () =>
      ledger.accept({ numberIndex: 0, recipient: 34600111222, kindIndex, opaque: 'a', body: {} }, 1, 1)
    const wamid = ledger.wamids.outbound('34600111222', accept())
    expect(ledger.entryOf(wamid)?.to).toBe('34600111222')
    ledger.clear()
    expect(ledger.entryOf(wamid)).toBeUndefined()
    expect(ledger.wamids.outbound('34600111222', accept())).not.toBe(wamid)
  })
})

describe('the emulator', () => {
  it('sends any status by hand', async () => {
    const wamid = wamidOf(await stage.sendTemplate('34600444000'))
    await stage.control('POST', `/messages/${encodeURIComponent(wamid)}/statuses`, {
      status: 'failed',
      error_code: 131026,
    })
    await until('the status', () => stage.hub.statusesOf(wamid).includes('failed:131026'))
  })

  it('tells watchers what happens', async () => {
    const response = await fetch(`${stage.emulator.url}/_control/live`)
    const reader = response.body?.getReader()
    await reader?.read()
    await act('34600444001', { type: 'text', text: 'Watch me' })
    const heard = new TextDecoder().decode((await reader?.read())?.value)
    expect(heard).toContain('"phone":"34600444001"')
    await reader?.cancel()
  })

  it('serves the phone simulator without inline script', async () => {
    const response = await fetch(`${stage.emulator.url}/`)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
    const page = await response.text()
    expect(page).not.toMatch(/<script(?![^>]*src=)|style="|onclick=/)
    for (const [, file] of page.matchAll(/(?:href|src)="([^"]+\.(?:css|js|svg))"/g)) {
      expect((await fetch(`${stage.emulator.url}/${file}`)).status).toBe(200)
    }
  })

  it('forgets everything on reset', async () => {
    const own = await Stage.open()
    await own.sendTemplate('34600444002')
    await own.control('POST', '/reset')
    expect((await own.control('GET', '/ledger?summary=1')).body).toMatchObject({ accepted: 0 })
    expect((await own.control('GET', '/accounts')).body.data).toEqual([])
    await own.close()
  })

  it('runs as a process of its own and stops when asked', async () => {
    const script = fileURLToPath(new URL('./serve.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', script, '--port', '0'])
    const [line] = await once(createInterface(child.stdout), 'line')
    const { url } = JSON.parse(String(line))
    expect((await fetch(`${url}/_control/outcomes`)).status).toBe(200)
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
  }, 20_000)
})
