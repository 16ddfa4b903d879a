import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { InboundFact } from '../../contract/index.ts'
import { getInboundLog, listInboundLogs } from './list-inbound-logs.ts'
import { replayLog, replaySpan } from './replay-logs.ts'
import { metaBody, metaChange, openIntake, openShop, type Shop, sign, text } from './testing/open-shop.ts'
import { startIntakeWorker } from './worker.ts'

const { ctx, app } = await openIntake()
let shop: Shop
beforeAll(async () => {
  shop = await openShop(ctx)
})

async function send(to: Shop, ...bodies: (string | Buffer)[]): Promise<void> {
  for (const body of bodies) {
    const answer = await app.inject({
      method: 'POST',
      url: `/webhooks/meta/${to.key}`,
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) },
      payload: body,
    })
    expect(answer.statusCode).toBe(200)
  }
}

/** Works until nothing is due. */
async function work(): Promise<void> {
  const worker = startIntakeWorker(ctx)
  try {
    await expect
      .poll(async () => {
        const { rows } = await sql`
          select from inbound_logs where verdict in ('received', 'failed') and next_at <= now()`.execute(
          ctx.db.worker,
        )
        return rows.length
      })
      .toBe(0)
  } finally {
    await worker.stop()
  }
}

const logs = (to: Shop) => listInboundLogs(ctx, to.owner, { limit: 200 })

async function newestLog(to: Shop) {
  const [newest] = (await logs(to)).data
  if (!newest) throw new Error('The log is empty.')
  return newest
}

async function rowsOf<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return (await query.execute(ctx.db.worker)).rows
}

/** All that customers and people see, without the log itself. */
async function fingerprint(): Promise<unknown> {
  return await rowsOf(sql`
    select
      (select md5(string_agg(t::text, '' order by t::text)) from contacts t) as contacts,
      (select md5(string_agg(t::text, '' order by t::text)) from conversations t) as conversations,
      (select md5(string_agg(t::text, '' order by t::text)) from messages t) as messages,
      (select md5(string_agg(t::text, '' order by t::text)) from message_statuses t) as statuses,
      (select md5(string_agg(t::text, '' order by t::text)) from message_reactions t) as reactions,
      (select md5(string_agg(t::text, '' order by t::text)) from orphan_statuses t) as orphans,
      (select md5(string_agg(t::text, '' order by t::text)) from media t) as media,
      (select md5(string_agg(t::text, '' order by t::text)) from events t) as events`)
}

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
    expect(await newestLog(shop)).toMatchObject({
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

describe('order and repetition', () => {
  /** A day of one shop: messages, reactions and statuses of two people. */
  function day(of: Shop): string[] {
    const contacts = (name: string) => [{ profile: { name }, wa_id: '59899000010' }]
    return [
      metaBody(of, {
        contacts: contacts('Ana'),
        messages: [text('wamid.1', 'one', '59899000010', 1_749_416_001)],
      }),
      metaBody(of, {
        contacts: contacts('Ana'),
        messages: [text('wamid.2', 'two', '59899000010', 1_749_416_002)],
      }),
      metaBody(of, { messages: [text('wamid.3', 'three', '59899000011', 1_749_416_003)] }),
      metaBody(of, {
        messages: [
          {
            from: '59899000010',
            id: 'wamid.r1',
            timestamp: '1749416010',
            type: 'reaction',
            reaction: { message_id: 'wamid.1', emoji: '👍' },
          },
          {
            from: '59899000010',
            id: 'wamid.r2',
            timestamp: '1749416011',
            type: 'reaction',
            reaction: { message_id: 'wamid.1', emoji: '❤️' },
          },
        ],
      }),
      metaBody(of, {
        statuses: ['sent', 'delivered', 'read'].map((status, n) => ({
          id: 'wamid.nobody',
          status,
          timestamp: String(1_749_416_020 + n),
          recipient_id: '59899000010',
        })),
      }),
    ]
  }

  async function seen(of: Shop): Promise<unknown> {
    return await rowsOf(sql`
      select c.phone, c.profile_name, v.state, v.unread_count, v.last_message_at, v.window_expires_at,
        (select m.external_id from messages m where m.id = v.last_message_id) as last_message,
        (select array_agg(m.external_id order by m.external_id) from messages m where m.contact_id = c.id) as messages,
        (select array_agg(r.emoji) from message_reactions r where r.workspace_id = c.workspace_id) as reactions,
        (select array_agg(o.kind order by o.kind) from orphan_statuses o where o.workspace_id = c.workspace_id) as orphans
      from contacts c join conversations v on v.contact_id = c.id
      where c.workspace_id = ${of.workspaceId} order by c.phone`)
  }

  it('any order of the same webhooks, any of them twice, ends the same', async () => {
    const straight = await openShop(ctx)
    await send(straight, ...day(straight))
    await work()
    const expected = await seen(straight)
    expect(expected).toHaveLength(2)
    for (const shuffle of [
      [4, 3, 2, 1, 0],
      [3, 0, 3, 4, 1, 2, 0, 4],
      [1, 1, 4, 2, 0, 3, 2],
    ]) {
      const other = await openShop(ctx)
      const bodies = day(other)
      for (const n of shuffle) {
        await send(other, bodies[n] ?? '')
        await work()
      }
      expect(await seen(other)).toEqual(expected)
    }
  })

  it('I7: replaying everything twice changes nothing, and the log goes on saying what was done', async () => {
    const before = await fingerprint()
    const outcomes = async () => (await logs(shop)).data.map(({ verdict, facts }) => ({ verdict, facts }))
    const told = await outcomes()
    for (let round = 0; round < 2; round += 1) {
      const { rows } = await sql<{ workspace_id: string }>`select id as workspace_id from workspaces`.execute(
        ctx.db.worker,
      )
      for (const { workspace_id } of rows) {
        const owner = { ...shop.owner, workspaceId: workspace_id as Shop['workspaceId'] }
        await replaySpan(ctx, owner, { since: '2020-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' })
      }
      await work()
    }
    expect(await fingerprint()).toEqual(before)
    expect(await outcomes()).toEqual(told)
  })
})

describe('what is not ours to handle', () => {
  it('T04: a phone number id of another tenant in a rightly signed body is unrouted', async () => {
    const thief = await openShop(ctx)
    const victim = await openShop(ctx)
    const body = metaBody(
      { ...thief, phoneNumberId: victim.phoneNumberId },
      { messages: [text('wamid.t04', 'mine')] },
    )
    await send(thief, body)
    await work()
    expect(await newestLog(thief)).toMatchObject({ verdict: 'unrouted', facts: [{ outcome: 'unrouted' }] })
    expect(await rowsOf(sql`select from messages where workspace_id = ${victim.workspaceId}`)).toEqual([])
    expect((await logs(victim)).data).toEqual([])
  })

  it('T05: one broken item and one foreign number do not touch what stands beside them', async () => {
    const several = await openShop(ctx)
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        'no object',
        {
          id: several.wabaId,
          changes: [
            metaChange(several, {
              messages: ['no message', text('wamid.good', 'still here', '59899000020')],
            }),
            metaChange({ phoneNumberId: '1' }, { messages: [text('wamid.foreign', 'x')] }),
            {
              field: 'brand_new_field',
              value: { metadata: { phone_number_id: several.phoneNumberId }, hello: 1 },
            },
          ],
        },
      ],
    })
    await send(several, body)
    await work()
    const log = await newestLog(several)
    expect(log.verdict).toBe('processed')
    const outcomeOf = (facts: InboundFact[]) => facts.map(({ kind, outcome }) => `${kind} ${outcome}`).sort()
    expect(outcomeOf(log.facts)).toEqual([
      'message applied',
      'message unrouted',
      'problem failed',
      'problem failed',
      'unknown kept',
    ])
  })

  it('T08, T09: what is no webhook at all is refused with a reason, and kept', async () => {
    const odd = await openShop(ctx)
    await send(odd, 'not json', Buffer.from([0xff, 0xfe]), '['.repeat(200_000), '{"a":1}', '[]', 'null')
    await work()
    const { data } = await logs(odd)
    expect(data).toHaveLength(6)
    expect(data.filter(({ attempts }) => attempts !== 1)).toEqual([])
    const refused = data.find(({ body_bytes }) => body_bytes === 'not json'.length)
    expect(refused).toMatchObject({ verdict: 'refused' })
    expect(refused?.error).not.toBeNull()
    expect((await getInboundLog(ctx, odd.owner, refused?.id ?? '')).body).toBe('not json')
  })
})

describe('trouble', () => {
  it('a fact that fails is tried again, its neighbours stand, and in the end it is set aside', async () => {
    const torn = await openShop(ctx)
    // Not a phone, and no user id beside it: nobody can have written this.
    const messages = [text('wamid.bad', 'x', '123'), text('wamid.fine', 'ok', '59899000031')]
    await send(torn, metaBody(torn, { messages }))
    const seen: unknown[] = []
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await work()
      const log = await newestLog(torn)
      seen.push([log.verdict, log.attempts, ...log.facts.map(({ outcome }) => outcome)])
      await sql`update inbound_logs set next_at = now() where id = ${log.id}`.execute(ctx.db.worker)
    }
    expect(seen).toEqual([
      ...[1, 2, 3, 4].map((attempts) => ['failed', attempts, 'failed', 'applied']),
      ['parked', 5, 'failed', 'applied'],
    ])
    expect((await newestLog(torn)).error).toContain('neither a phone nor a user id')
  })

  it('a webhook that a dead process had in its hands is worked on alone, and parked after its second death', async () => {
    const fatal = await openShop(ctx)
    await send(
      fatal,
      ...['a', 'b', 'c'].map((id) =>
        metaBody(fatal, { messages: [text(`wamid.fatal.${id}`, id, '59899000040')] }),
      ),
    )
    const { data } = await logs(fatal)
    const ids = data.map(({ id }) => id).sort()
    const [first = ''] = ids
    const [{ partition } = { partition: 0 }] = await rowsOf(sql<{ partition: number }>`
      select partition from inbound_logs where id = ${first}`)
    const die = (held: string[]) =>
      sql`insert into intake_claims (partition, owner, ids) values (${partition}, 'a process that died', ${held})
        on conflict (partition) do update set owner = excluded.owner, ids = excluded.ids`.execute(
        ctx.db.worker,
      )
    await die(ids)
    await work()
    expect((await logs(fatal)).data.map(({ verdict }) => verdict)).toEqual([
      'processed',
      'processed',
      'processed',
    ])

    await replayLog(ctx, fatal.owner, first)
    await sql`update inbound_logs set crashes = 1 where id = ${first}`.execute(ctx.db.worker)
    await die([first])
    await work()
    const parked = (await logs(fatal)).data.find(({ id }) => id === first)
    expect(parked).toMatchObject({ verdict: 'parked' })
    expect(parked?.error).toContain('twice')

    await replayLog(ctx, fatal.owner, first)
    await work()
    expect((await logs(fatal)).data.find(({ id }) => id === first)).toMatchObject({ verdict: 'processed' })
  })
})
