import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { inboundReplayId } from '../../contract/index.ts'
import { insertReplay, replayNext } from './queries-replays.ts'
import { cancelReplay, readReplay, replaySpan, runReplay } from './replay-logs.ts'
import { metaBody, openIntake, openShop, type Shop, text } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { ctx } = intake
const { send, work, logsOf, rowsOf } = runIntake(intake)
const shops: Shop[] = []

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

/** One over all time, of which no step is done yet. */
async function beginReplay(of: Shop) {
  const id = inboundReplayId.parse(ctx.random.id('inr'))
  const span = { since: new Date(0), until: new Date('2099-01-01T00:00:00Z') }
  await insertReplay(ctx.db.worker, of.workspaceId, { id, ...span, verdict: null, connector_id: null })
  return id
}

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
    shops.push(straight)
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
      shops.push(other)
      const bodies = day(other)
      for (const n of shuffle) {
        await send(other, bodies[n] ?? '')
        await work()
      }
      expect(await seen(other)).toEqual(expected)
    }
  })

  it('of a span takes up what fits, goes on after a crash between two steps, and can be cancelled', async () => {
    const many = await openShop(ctx)
    await send(
      many,
      ...Array.from({ length: 25 }, (_, n) =>
        metaBody(many, { messages: [text(`wamid.many.${n}`, 'x', '59899000050')] }),
      ),
    )
    await work()
    const [newest] = await logsOf(many)
    await sql`update inbound_logs set verdict = 'parked' where id = ${newest?.id}`.execute(ctx.db.worker)
    const span = { since: '2020-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' }
    expect(await replaySpan(ctx, many.owner, { ...span, verdict: 'parked' })).toMatchObject({
      state: 'finished',
      progress: 1,
      replayed: 1,
      waiting: 1,
    })
    await work()
    const early = { since: '2020-01-01T00:00:00Z', until: '2020-01-02T00:00:00Z' }
    expect((await replaySpan(ctx, many.owner, early)).replayed).toBe(0)

    const id = await beginReplay(many)
    const step = () => ctx.db.asWorker((tx) => replayNext(tx, many.workspaceId, id, 10))
    expect(await step()).toBe('running')
    await expect(
      ctx.db.asWorker(async (tx) => {
        await replayNext(tx, many.workspaceId, id, 10)
        throw new Error('killed before the commit')
      }),
    ).rejects.toThrow('killed')
    expect(await readReplay(ctx, many.workspaceId, id)).toMatchObject({ state: 'running', replayed: 10 })
    await expect(replaySpan(ctx, many.owner, span)).rejects.toMatchObject({ code: 'conflict' })
    await runReplay(ctx, many.workspaceId, { id })
    expect(await readReplay(ctx, many.workspaceId, id)).toMatchObject({ state: 'finished', replayed: 25 })
    await work()

    const other = await beginReplay(many)
    await ctx.db.asWorker((tx) => replayNext(tx, many.workspaceId, other, 10))
    expect(await cancelReplay(ctx, many.owner, other)).toMatchObject({ state: 'cancelled', replayed: 10 })
    await runReplay(ctx, many.workspaceId, { id: other })
    expect((await readReplay(ctx, many.workspaceId, other)).replayed).toBe(10)
    await work()
  })

  it('I7: replaying everything twice changes nothing, and the log goes on saying what was done', async () => {
    const before = await fingerprint()
    const outcomes = async () =>
      (await Promise.all(shops.map(logsOf))).flat().map(({ verdict, facts }) => ({ verdict, facts }))
    const told = await outcomes()
    for (let round = 0; round < 2; round += 1) {
      for (const shop of shops)
        await replaySpan(ctx, shop.owner, { since: '2020-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' })
      await work()
    }
    expect(await fingerprint()).toEqual(before)
    expect(await outcomes()).toEqual(told)
  })
})
