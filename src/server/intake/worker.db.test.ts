import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { InboundLogQuery } from '../../contract/index.ts'
import { listInboundLogs } from './list-inbound-logs.ts'
import { metaBody, openIntake, openShop, type Shop, text } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { ctx } = intake
const { send, work, newestLogOf, rowsOf } = runIntake(intake)
let shop: Shop
beforeAll(async () => {
  shop = await openShop(ctx)
})

describe('a message', () => {
  it('becomes contact, message, conversation and event', async () => {
    const contacts = [{ profile: { name: 'Nora' }, wa_id: '59899000001' }]
    await send(shop, metaBody(shop, { contacts, messages: [text('wamid.first', 'Hello', '59899000001')] }))
    await work()
    const [event] = await rowsOf(sql<{ data: Record<string, unknown> }>`
      select data from events where workspace_id = ${shop.workspaceId} and type = 'message.received'`)
    expect(event?.data).toMatchObject({
      event: 'message.received',
      instance_id: shop.numberId,
      instance_name: 'Corner Shop',
      from: '+59899000001',
      message_text: 'Hello',
      message_type: 'text',
      external_message_id: 'wamid.first',
      timestamp: '2025-06-08T20:59:43Z',
    })
    expect(await newestLogOf(shop)).toMatchObject({
      verdict: 'processed',
      attempts: 1,
      error: null,
      facts: [
        {
          kind: 'message',
          external_id: 'wamid.first',
          phone: '59899000001',
          outcome: 'applied',
          detail: 'text',
        },
      ],
    })
  })

  it('is found in the log by phone, id and type', async () => {
    for (const search of ['+598 99 000 001', 'wamid.first', 'TEXT']) {
      const { data } = await listInboundLogs(ctx, shop.owner, { limit: 50, search })
      expect(data.length, search).toBeGreaterThan(0)
    }
    expect((await listInboundLogs(ctx, shop.owner, { limit: 50, search: '59811111111' })).data).toEqual([])
  })

  it('is found in the log by type and phone together, and by the time at which it came', async () => {
    const count = async (query: Partial<InboundLogQuery>) =>
      (await listInboundLogs(ctx, shop.owner, { limit: 50, ...query })).data.length
    expect(await count({ type: 'message', search: '59899000001' })).toBe(1)
    expect(await count({ type: 'Text' })).toBe(1)
    expect(await count({ type: 'status', search: '59899000001' })).toBe(0)
    const [before, after] = [-60_000, 60_000].map((ms) => new Date(Date.now() + ms).toISOString())
    expect(await count({ since: before, until: after })).toBe(1)
    expect(await count({ since: after })).toBe(0)
    expect(await count({ until: before })).toBe(0)
  })

  it('T03: told a thousand times is there once, with one event and one unread', async () => {
    const told = await openShop(ctx)
    const body = metaBody(told, { messages: [text('wamid.again', 'Once', '59899000002')] })
    await send(told, ...Array.from({ length: 1000 }, () => body))
    await work()
    const [counts] = await rowsOf(sql`
      select (select count(*) from messages where workspace_id = ${told.workspaceId}) as messages,
        (select count(*) from events where workspace_id = ${told.workspaceId} and type = 'message.received') as events,
        (select unread_count from conversations where workspace_id = ${told.workspaceId}) as unread`)
    expect(counts).toEqual({ messages: 1, events: 1, unread: 1 })
  })

  it('an album told in many bodies at once opens one conversation', async () => {
    const album = await openShop(ctx)
    const image = (n: number) => ({
      from: '59899000003',
      id: `wamid.album.${n}`,
      timestamp: '1749416383',
      type: 'image',
      image: { id: `9${n}`, mime_type: 'image/jpeg', sha256: 'x', caption: n === 0 ? 'The lot' : undefined },
    })
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => send(album, metaBody(album, { messages: [image(n)] }))),
    )
    await work()
    const [found] = await rowsOf(sql`
      select count(*) as conversations, sum(unread_count) as unread,
        (select count(*) from events where workspace_id = ${album.workspaceId} and type = 'conversation.opened') as opened,
        (select count(*) from media where workspace_id = ${album.workspaceId}) as files
      from conversations where workspace_id = ${album.workspaceId}`)
    expect(found).toEqual({ conversations: 1, unread: 8, opened: 1, files: 8 })
  })
})
