import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Conversation, type Message, type NumberId, numberId } from '../../contract/index.ts'
import { type Actor, createHttpApp, type HttpApp } from '../platform/index.ts'
import { heldClock, type SeededWorkspace, seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createProviders, type MessageFact } from '../providers/index.ts'
import { receiveMessage } from './receive-message.ts'
import { registerInboxRoutes } from './routes.ts'

const clock = heldClock(new Date('2025-11-03T10:00:00Z'))
const base = await testCtx({ clock })
const ctx = { ...base, providers: createProviders({ log: base.log }) }
const hourMs = 3_600_000
const statuses: Record<string, number> = {
  not_found: 404,
  window_closed: 409,
  template_not_approved: 409,
  template_parameters_wrong: 422,
  connector_disconnected: 409,
  validation_failed: 422,
}

let app: HttpApp
let actor: Actor
let shop: SeededWorkspace
let number: NumberId
let phone = 59_899_000_000

beforeAll(async () => {
  app = createHttpApp(ctx, { statusOf: (code) => statuses[code] ?? 500 })
  app.addHook('onRequest', async (request) => {
    request.actor = actor
  })
  registerInboxRoutes(app, ctx)
  shop = await seedWorkspace(ctx)
  number = await insertNumber(shop)
})
beforeEach(() => {
  actor = shop.owner
})
afterAll(async () => {
  await app.close()
  await ctx.providers.close()
})

describe('what a customer writes', () => {
  it('opens the conversation once, with a window of 24 h from the time they wrote', async () => {
    const { conversation } = await customerWrites({ at: new Date('2025-11-03T08:00:00Z') })
    expect(conversation).toMatchObject({
      state: 'open',
      unread_count: 1,
      window_open: true,
      window_expires_at: '2025-11-04T08:00:00.000Z',
      last_message: { preview: 'Hello', direction: 'in', status: 'received' },
    })
  })

  it('with a clock that runs ahead gives no longer window', async () => {
    const { conversation } = await customerWrites({ at: new Date('2025-11-05T10:00:00Z') })
    expect(conversation.window_expires_at).toBe('2025-11-04T10:00:00.000Z')
  })

  it('and deletes is found by no word of it', async () => {
    const from = nextPhone()
    const { externalId } = await customerWrites({ from, words: 'My pin is Quetzalcoatl' })
    expect((await list('?search=quetzalcoatl')).data).toHaveLength(1)
    await customerWrites({ from, type: 'revoke', about: externalId, opensWindow: false })
    expect((await list('?search=quetzalcoatl')).data).toEqual([])
  })

  it('told late stands in its place on whichever page that is', async () => {
    const from = nextPhone()
    const minutes = [5, 1, 4, 4, 2, 3, 0]
    for (const minute of minutes)
      await customerWrites({
        from,
        at: new Date(Date.UTC(2025, 10, 3, 9, minute)),
        words: `Minute ${minute}`,
      })
    const { conversation } = await customerWrites({
      from,
      at: new Date('2025-11-03T08:00:00Z'),
      words: 'First',
    })
    const pages: string[][] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page: { data: Message[]; next_cursor: string | null } = (
        await app.inject({ url: `/conversations/${conversation.id}/messages?limit=3${query}` })
      ).json()
      pages.push(page.data.map(({ preview }) => preview))
      cursor = page.next_cursor
    }
    expect(pages).toEqual([
      ['Minute 5', 'Minute 4', 'Minute 4'],
      ['Minute 3', 'Minute 2', 'Minute 1'],
      ['Minute 0', 'First'],
    ])
  })

  it('told late moves nothing back', async () => {
    const from = nextPhone()
    await customerWrites({ from, at: new Date('2025-11-03T09:00:00Z') })
    const { conversation } = await customerWrites({
      from,
      at: new Date('2025-11-02T07:00:00Z'),
      words: 'Old',
    })
    expect(conversation).toMatchObject({
      window_expires_at: '2025-11-04T09:00:00.000Z',
      last_message_at: '2025-11-03T09:00:00.000Z',
      last_message: { preview: 'Hello' },
      unread_count: 2,
    })
  })

  it('opens a closed conversation again and says so', async () => {
    const from = nextPhone()
    const { conversation } = await customerWrites({ from })
    await patch(conversation.id, { state: 'closed', read: true })
    const again = await customerWrites({ from })
    expect(again.conversation).toMatchObject({ id: conversation.id, state: 'open', unread_count: 1 })
    expect(await eventsOf(conversation.id)).toEqual([
      'conversation.opened',
      'message.received',
      'conversation.closed',
      'conversation.opened',
      'message.received',
    ])
  })

  it('without a phone is a conversation all the same', async () => {
    const { conversation } = await customerWrites({ from: null, userId: 'US.13491208655302741918' })
    expect(conversation.contact).toMatchObject({ phone: null, user_id: 'US.13491208655302741918' })
  })

  it('which WhatsApp says for them does not open the window', async () => {
    const { conversation } = await customerWrites({ type: 'system', opensWindow: false })
    expect(conversation).toMatchObject({ window_expires_at: null, window_open: false, unread_count: 0 })
  })
})

describe('a reply', () => {
  it('goes to the head of the lane and becomes the last message', async () => {
    const { conversation } = await customerWrites({})
    const answer = await reply(conversation.id, { type: 'text', text: { body: 'Good morning' } })
    expect(answer.statusCode).toBe(201)
    const message = answer.json<Message>()
    expect(message).toMatchObject({
      direction: 'out',
      origin: 'agent',
      status: 'queued',
      preview: 'Good morning',
      sent_by: { name: 'Olivia Owner' },
    })
    const { rows } = await sql`select priority, to_phone from messages where id = ${message.id}`.execute(
      ctx.db.worker,
    )
    expect(rows).toEqual([{ priority: 0, to_phone: conversation.contact.phone }])
    expect((await read(conversation.id)).last_message).toMatchObject({
      preview: 'Good morning',
      direction: 'out',
    })
  })

  it('quotes a message by our id or by the provider’s', async () => {
    const { conversation, externalId, messageId } = await customerWrites({})
    for (const id of [externalId, messageId]) {
      const body = { type: 'text', text: { body: 'This one' }, context: { message_id: id } }
      expect((await reply(conversation.id, body)).json<Message>().quoted).toMatchObject({
        external_message_id: externalId,
        preview: 'Hello',
      })
    }
  })

  it('after 24 hours is refused, unless it is an approved template', async () => {
    const { conversation } = await customerWrites({ at: new Date(clock.now().getTime() - 24 * hourMs) })
    expect(conversation.window_open).toBe(false)
    const refused = await reply(conversation.id, { type: 'text', text: { body: 'Too late' } })
    expect([refused.statusCode, refused.json<ErrorAnswer>().error.code]).toEqual([409, 'window_closed'])

    const template = { type: 'template', template: { name: 'hello', language: { code: 'en_US' } } }
    const unknown = await reply(conversation.id, template)
    expect([unknown.statusCode, unknown.json<ErrorAnswer>().error.code]).toEqual([
      409,
      'template_not_approved',
    ])
    await insertTemplate('hello', 'PAUSED')
    expect((await reply(conversation.id, template)).statusCode).toBe(409)
    await sql`update templates set status = 'APPROVED' where name = 'hello'`.execute(ctx.db.worker)
    const missing = await reply(conversation.id, template)
    expect([missing.statusCode, missing.json<ErrorAnswer>().error.code]).toEqual([
      422,
      'template_parameters_wrong',
    ])

    const components = [{ type: 'body', parameters: [{ type: 'text', text: 'Nora' }] }]
    const sent = await reply(conversation.id, { ...template, template: { ...template.template, components } })
    expect(sent.statusCode).toBe(201)
    expect(sent.json<Message>()).toMatchObject({ type: 'template', preview: 'Hi Nora!', status: 'queued' })
  })

  it('with a reaction stands at its message, not in the thread', async () => {
    const { conversation, externalId } = await customerWrites({})
    await reply(conversation.id, { type: 'reaction', reaction: { message_id: externalId, emoji: '🙏' } })
    const { data } = await thread(conversation.id)
    expect(data.map(({ preview, reactions }) => [preview, reactions])).toEqual([
      ['Hello', [{ direction: 'out', emoji: '🙏' }]],
    ])
  })
})

describe('conversations', () => {
  it('are listed by newest message, page by page, none twice and none left out', async () => {
    const mine = await seedWorkspace(ctx)
    const own = await insertNumber(mine)
    actor = mine.owner
    const same = new Date('2025-11-03T09:30:00Z')
    for (let n = 0; n < 7; n += 1) await customerWrites({ in: mine, to: own, at: same })
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { data: Conversation[]; next_cursor: string | null } = await list(
        `?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.next_cursor
    }
    expect(new Set(seen).size).toBe(7)
    expect(seen).toHaveLength(7)
  })

  it('are filtered by state, assignee, unread, and found by name, phone and words', async () => {
    const from = nextPhone()
    const { conversation } = await customerWrites({ from, name: 'Zoë Quintana', words: 'a red bicycle' })
    const finds = async (query: string) => (await list(query)).data.some(({ id }) => id === conversation.id)
    expect(await finds('?assignee=me')).toBe(false)
    expect(await finds('?assignee=none&unread=true&state=open')).toBe(true)
    await patch(conversation.id, { assignee_id: shop.ownerId, read: true, state: 'pending' })
    expect(await finds('?assignee=me&unread=false&state=pending')).toBe(true)
    for (const search of ['quintana', from, `+${from}`, 'Red Bicycle'])
      expect(await finds(`?search=${encodeURIComponent(search)}`), search).toBe(true)
    expect(await finds('?search=nobody%25')).toBe(false)
  })

  it('can be given to members only', async () => {
    const { conversation } = await customerWrites({})
    const stranger = await seedWorkspace(ctx)
    expect((await patch(conversation.id, { assignee_id: stranger.ownerId })).statusCode).toBe(422)
  })

  it('T20: of another workspace are not found', async () => {
    const { conversation } = await customerWrites({})
    actor = (await seedWorkspace(ctx)).owner
    const url = `/conversations/${conversation.id}`
    expect((await app.inject({ url })).statusCode).toBe(404)
    expect((await app.inject({ url: `${url}/messages` })).statusCode).toBe(404)
    expect((await patch(conversation.id, { state: 'closed' })).statusCode).toBe(404)
    expect((await reply(conversation.id, { type: 'text', text: { body: 'x' } })).statusCode).toBe(404)
    expect((await list('')).data).toEqual([])
  })
})

interface ErrorAnswer {
  error: { code: string }
}

const reply = (id: string, payload: object) =>
  app.inject({ method: 'POST', url: `/conversations/${id}/messages`, payload })
const patch = (id: string, payload: object) =>
  app.inject({ method: 'PATCH', url: `/conversations/${id}`, payload })
const read = async (id: string) => (await app.inject({ url: `/conversations/${id}` })).json<Conversation>()
const thread = async (id: string) =>
  (await app.inject({ url: `/conversations/${id}/messages` })).json<{ data: Message[] }>()
const list = async (query: string) =>
  (await app.inject({ url: `/conversations${query}` })).json<{
    data: Conversation[]
    next_cursor: string | null
  }>()

function nextPhone(): string {
  phone += 1
  return String(phone)
}

interface Writing {
  in?: SeededWorkspace
  to?: NumberId
  from?: string | null
  userId?: string
  name?: string
  at?: Date
  words?: string
  type?: string
  /** The message that it edits or deletes. */
  about?: string
  opensWindow?: boolean
}

async function customerWrites(writing: Writing) {
  const where = writing.in ?? shop
  const from = writing.from === undefined ? nextPhone() : writing.from
  const externalId = `wamid.${ctx.random.token(8)}`
  const type = writing.type ?? 'text'
  const fact: MessageFact = {
    kind: 'message',
    waba_id: null,
    phone_number_id: null,
    external_id: externalId,
    from_phone: from,
    from_user_id: writing.userId ?? null,
    username: null,
    profile_name: writing.name ?? null,
    at: writing.at ?? clock.now(),
    type,
    content:
      type === 'text'
        ? { text: { body: writing.words ?? 'Hello' } }
        : { [type]: { body: 'Something', original_message_id: writing.about } },
    context_external_id: null,
    opens_window: writing.opensWindow ?? true,
    group_id: null,
  }
  const { message_id } = await receiveMessage(ctx, where.workspaceId, writing.to ?? number, fact)
  const { rows } = await sql<{ id: string }>`
    select v.id from conversations v join messages m on m.contact_id = v.contact_id and m.number_id = v.number_id
    where m.id = ${message_id}`.execute(ctx.db.worker)
  return { conversation: await read(rows[0]?.id ?? ''), externalId, messageId: message_id }
}

async function eventsOf(conversationId: string): Promise<string[]> {
  const { rows } = await sql<{ type: string }>`
    select type from events where data ->> 'conversation_id' = ${conversationId} order by seq`.execute(
    ctx.db.worker,
  )
  return rows.map(({ type }) => type)
}

async function insertNumber(of: SeededWorkspace): Promise<NumberId> {
  const [connector, id] = [ctx.random.id('con'), numberId.parse(ctx.random.id('num'))]
  await sql`
    insert into connectors (workspace_id, id, provider, name, key, status, credentials_sealed)
    values (${of.workspaceId}, ${connector}, 'meta', 'Shop', ${connector}, 'ACTIVE', '')`.execute(
    ctx.db.worker,
  )
  await sql`
    insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone)
    values (${of.workspaceId}, ${id}, ${connector}, ${id}, '+598 9123 4567', '59891234567')`.execute(
    ctx.db.worker,
  )
  return id
}

async function insertTemplate(name: string, status: string): Promise<void> {
  const components = JSON.stringify([{ type: 'BODY', text: 'Hi {{1}}!' }])
  await sql`
    insert into templates (workspace_id, id, connector_id, name, language, category, status, components)
    select workspace_id, ${ctx.random.id('tpl')}, connector_id, ${name}, 'en_US', 'UTILITY', ${status}, ${components}::jsonb
    from numbers where id = ${number}`.execute(ctx.db.worker)
}
