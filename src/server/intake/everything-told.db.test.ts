import { type RawBuilder, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { contactId, customerEvent, type Message } from '../../contract/index.ts'
import { readThread } from '../messages/index.ts'
import { replaySpan } from './replay-logs.ts'
import { openIntake, openShop, type Shop } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { ctx } = intake
const { send, work, logsOf, rowsOf } = runIntake(intake)

const ours = '59891234567'
const ana = '59899000101'
const anaId = 'UY.7700000101'
const minute = (n: number) => String(1_762_164_000 + n * 60)

/** A body about one number with one change of a field. */
function told(shop: Shop, field: string, value: object, time?: number): string {
  const metadata = { display_phone_number: ours, phone_number_id: shop.phoneNumberId }
  const entry = { id: shop.wabaId, ...(time === undefined ? {} : { time }) }
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ ...entry, changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }] }],
  })
}

const contacts = [{ profile: { name: 'Ana Pereira' }, wa_id: ana, user_id: anaId }]
const from = (id: string, n: number, more: object) => ({ from: ana, id, timestamp: minute(n), ...more })
const text = (body: string) => ({ type: 'text', text: { body } })

/** A day of one shop, in every shape that has an effect; ids differ from shop to shop where they must be unique. */
function day(shop: Shop): string[] {
  const id = (name: string) => `wamid.${shop.key}.${name}`
  const messages = (...items: object[]) => told(shop, 'messages', { contacts, messages: items })
  const edit = (n: number, body: string) =>
    from(id(`edit${n}`), n, {
      type: 'edit',
      edit: { original_message_id: id('in1'), message: { type: 'text', text: { body } } },
    })
  const call = (event: string, n: number, more: object = {}) => ({
    id: `wacid.${shop.key}`,
    from: ana,
    to: ours,
    event,
    timestamp: minute(n),
    direction: 'USER_INITIATED',
    ...more,
  })
  const echo = { from: ours, to: ana, id: id('echo1'), timestamp: minute(20), ...text('From the phone') }
  const thumb = {
    ...{ from: ours, to: ana, id: id('echo2'), timestamp: minute(22), type: 'reaction' },
    reaction: { message_id: id('in1'), emoji: '👍' },
  }
  const status = { id: id('echo1'), status: 'read', timestamp: minute(21), recipient_id: ana }
  return [
    messages(from(id('in1'), 1, text('Two keys please')), from(id('in2'), 2, text('And a lock'))),
    messages(edit(3, 'Three keys please')),
    messages(edit(4, 'Four keys please')),
    messages(from(id('heart'), 8, { type: 'reaction', reaction: { message_id: id('in1'), emoji: '❤️' } })),
    messages(from(id('revoke'), 5, { type: 'revoke', revoke: { original_message_id: id('in2') } })),
    messages(from(id('group'), 6, { ...text('All of you'), group_id: `GROUP${shop.key}` })),
    told(shop, 'group_participants_update', {
      groups: [
        {
          timestamp: minute(7),
          group_id: `GROUP${shop.key}`,
          type: 'group_participants_add',
          reason: 'invite_link',
          added_participants: [{ wa_id: ana }],
        },
      ],
    }),
    told(shop, 'calls', { contacts, calls: [call('connect', 10)] }),
    told(shop, 'calls', {
      contacts,
      calls: [call('terminate', 12, { status: 'COMPLETED', duration: 120 })],
    }),
    told(shop, 'smb_message_echoes', { message_echoes: [echo] }),
    told(shop, 'smb_message_echoes', { message_echoes: [thumb] }),
    told(shop, 'messages', { statuses: [status] }),
    told(shop, 'history', { history: [{ metadata: { phase: 1 }, threads: [pastThread(id)] }] }),
    told(shop, 'smb_app_state_sync', { state_sync: [addressBookEntry] }),
    told(shop, 'user_preferences', {
      user_preferences: [
        {
          wa_id: ana,
          user_id: anaId,
          category: 'marketing_messages',
          value: 'stop',
          timestamp: 1_762_164_900,
        },
      ],
    }),
    told(
      shop,
      'flows',
      { event: 'ENDPOINT_ERROR_RATE', flow_id: '77', message: 'Errors', alert_state: 'ACTIVATED' },
      1_762_164_000,
    ),
    told(
      shop,
      'security',
      { display_phone_number: ours, event: 'PIN_CHANGED', requester: '6' },
      1_762_164_001,
    ),
  ]
}

const addressBookEntry = {
  type: 'contact',
  contact: { full_name: 'Ana P. (shop)', phone_number: ana },
  action: 'add',
  metadata: { timestamp: minute(0) },
}

function pastThread(id: (name: string) => string) {
  const past = (name: string, who: string, n: number, more: object) => ({
    from: who,
    id: id(name),
    timestamp: minute(n),
    history_context: { status: 'READ' },
    ...more,
  })
  return {
    id: ana,
    messages: [
      past('past1', ours, -5000, text('Welcome')),
      past('past2', ana, -4999, text('Hello there')),
      past('past3', ana, -4998, { type: 'media_placeholder' }),
    ],
  }
}

/** All that the day left behind, without what differs by chance: ids of ours, times of arrival. */
async function stateOf(shop: Shop) {
  const of = (query: RawBuilder<Record<string, unknown>>) => rowsOf(query)
  const w = shop.workspaceId
  const clean = (rows: Record<string, unknown>[]) =>
    JSON.parse(
      JSON.stringify(rows)
        .replaceAll(shop.key, 'KEY')
        .replaceAll(shop.phoneNumberId, 'PN')
        .replaceAll(/group-[\w-]{32}/g, 'GROUP-NEWS'),
    ) as unknown
  return clean([
    ...(await of(sql`
      select external_id, direction, origin, type, content, at, status, sent_at, read_at from messages
      where workspace_id = ${w} order by external_id`)),
    ...(await of(sql`
      select phone, user_id, is_group, name, profile_name, opted_out_marketing_at from contacts
      where workspace_id = ${w} order by phone, user_id`)),
    ...(await of(sql`
      select a.target_external_id, a.kind, a.at, m.external_id from message_amendments a
      join messages m on m.id = a.message_id
      where a.workspace_id = ${w} order by 1, 2, 3`)),
    ...(await of(sql`
      select c.state, c.last_message_at, c.last_inbound_at, m.external_id from conversations c
      join messages m on m.id = c.last_message_id
      where c.workspace_id = ${w} order by 4`)),
    ...(await of(sql`
      select topic, change, at from account_changes where workspace_id = ${w} order by topic, change`)),
    ...(await of(sql`select kind, params from notices where workspace_id = ${w} order by kind`)),
    ...(await of(sql`
      select type, count(*)::int as count from events where workspace_id = ${w} group by type order by type`)),
    ...(await of(sql`
      select scope, opted_out, source, at from consent_changes where workspace_id = ${w} order by at`)),
  ])
}

async function threadOf(shop: Shop): Promise<Message[]> {
  const [contact] = await rowsOf(sql<{ id: string }>`
    select id from contacts where workspace_id = ${shop.workspaceId} and phone = ${ana}`)
  const pair = { number_id: shop.numberId, contact_id: contactId.parse(contact?.id) }
  const { data } = await ctx.db.inWorkspace(shop.workspaceId, (tx) =>
    readThread(tx, shop.workspaceId, pair, { limit: 50 }),
  )
  return data
}

async function lived(arrange: (bodies: string[]) => string[]): Promise<Shop> {
  const shop = await openShop(ctx)
  for (const body of arrange(day(shop))) {
    await send(shop, body)
    await work()
  }
  return shop
}

it('a chat from before that is told again touches nobody, whoever has the phone by now', async () => {
  const shop = await openShop(ctx)
  const id = (name: string) => `wamid.${shop.key}.${name}`
  const past = told(shop, 'history', { history: [{ metadata: { phase: 1 }, threads: [pastThread(id)] }] })
  const moved = { body: 'moved', type: 'user_changed_number', wa_id: '59899000199' }
  // Somebody else has the phone already when the news of the change comes.
  await send(shop, past, told(shop, 'messages', { contacts, messages: [from(id('late'), 90, text('Mine'))] }))
  await work()
  await send(
    shop,
    told(shop, 'messages', { messages: [from(id('moved'), 60, { type: 'system', system: moved })] }),
  )
  await work()
  const before = await stateOf(shop)
  await send(shop, past)
  await work()
  expect(await stateOf(shop)).toEqual(before)
})

describe('everything that a provider tells', () => {
  it('has its effect, and is shown in the thread as it stands in the end', async () => {
    const shop = await lived((bodies) => bodies)
    const outcomes = (await logsOf(shop)).flatMap(({ facts }) => facts.map(({ outcome }) => outcome))
    expect(new Set(outcomes)).toEqual(new Set(['applied']))
    const thread = await threadOf(shop)
    const shown = thread.map(({ preview, origin, status, edited_at, deleted_at }) => ({
      preview,
      origin,
      status,
      isEdited: edited_at !== null,
      isDeleted: deleted_at !== null,
    }))
    const plain = { isEdited: false, isDeleted: false }
    const customer = { ...plain, origin: 'customer', status: 'received' }
    expect(shown).toEqual([
      { ...plain, preview: 'From the phone', origin: 'echo', status: 'read' },
      { ...customer, preview: 'Call: 2 min' },
      { ...customer, preview: 'Deleted a message', isDeleted: true },
      { ...customer, preview: 'Four keys please', isEdited: true },
      { ...customer, preview: 'A file from before' },
      { ...customer, preview: 'Hello there' },
      { ...plain, preview: 'Welcome', origin: 'echo', status: 'read' },
    ])
    expect(
      thread.flatMap(({ preview, reactions }) => reactions.map(({ emoji }) => [preview, emoji])),
    ).toEqual([
      ['Four keys please', '❤️'],
      ['Four keys please', '👍'],
    ])
  })

  it('is told to customers, reactions too, which open neither a conversation nor the window', async () => {
    const shop = await openShop(ctx)
    const reaction = { message_id: 'wamid.ours', emoji: '👍' }
    const taken = { message_id: 'wamid.ours' }
    await send(
      shop,
      told(shop, 'messages', { contacts, messages: [from('wamid.r1', 1, { type: 'reaction', reaction })] }),
      told(shop, 'messages', {
        contacts,
        messages: [from('wamid.r2', 2, { type: 'reaction', reaction: taken })],
      }),
    )
    await work()
    const heard = await rowsOf(sql<{ type: string; data: Record<string, unknown> }>`
      select type, data from events where workspace_id = ${shop.workspaceId} order by seq`)
    const common = { message_type: 'reaction', from: `+${ana}` }
    expect(heard.map(({ type, data }) => [type, customerEvent.parse(data)])).toMatchObject([
      ['message.received', { ...common, external_message_id: 'wamid.r1', message_text: '👍', reaction }],
      ['message.received', { ...common, message_text: null, reaction: { ...taken, emoji: '' } }],
    ])
    expect(
      await rowsOf(sql`
        select state, unread_count, window_expires_at from conversations where workspace_id = ${shop.workspaceId}`),
    ).toEqual([{ state: 'closed', unread_count: 0, window_expires_at: null }])
  })

  it('is told to customers in the form that the contract promises', async () => {
    const shop = await lived((bodies) => bodies)
    const told = await rowsOf(sql<{ data: unknown }>`
      select data from events where workspace_id = ${shop.workspaceId} order by seq`)
    expect(told.length).toBeGreaterThan(8)
    for (const { data } of told) expect(customerEvent.parse(data)).toBeDefined()
  })

  it('ends in the same state when it is replayed, told twice, or told backwards', async () => {
    const once = await lived((bodies) => bodies)
    const before = await stateOf(once)
    await replaySpan(ctx, once.owner, {
      since: new Date(Date.now() - 600_000).toISOString(),
      until: new Date().toISOString(),
    })
    await work()
    expect(await stateOf(once)).toEqual(before)
    expect(await stateOf(await lived((bodies) => [...bodies, ...bodies]))).toEqual(before)
    const backwards = await stateOf(await lived((bodies) => bodies.toReversed()))
    expect(backwards).toEqual(before)
  })
})
