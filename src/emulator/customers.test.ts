import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dict, dict, dicts, errorOf, Stage, until, wamidOf } from './testing/stage.ts'

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
    const preferences = () => stage.hub.values().flatMap((value) => dicts(value.user_preferences))
    await until('the preference', () => preferences().length > 0)
    expect(preferences()).toMatchObject([
      { wa_id: '34600222115', value: 'stop', category: 'marketing_messages' },
    ])
    await until('the only status', () => stage.hub.statusesOf(blocked).length > 0)
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
