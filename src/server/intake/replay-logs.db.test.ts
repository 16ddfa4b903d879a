import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { replaySpan } from './replay-logs.ts'
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
