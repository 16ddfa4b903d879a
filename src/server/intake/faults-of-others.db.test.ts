import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { dayOf } from './testing/a-day.ts'
import { metaBody, openGupshupShop, openIntake, openShop, sign, text } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

// What other hubs let through or drop.

const intake = await openIntake()
const { ctx, app } = intake
const { send, work, rowsOf } = runIntake(intake)

describe('T01 what is not signed', () => {
  it('is refused for every field, and leaves nothing behind', async () => {
    const shop = await openShop(ctx)
    const bodies = dayOf(shop)
    const fields = new Set(
      bodies.flatMap((body) => [...body.matchAll(/"field":"(\w+)"/g)].map(([, field]) => field)),
    )
    expect(fields.size).toBeGreaterThanOrEqual(10)
    for (const payload of bodies) {
      for (const headers of [{}, { 'x-hub-signature-256': sign(payload, 'of another app') }]) {
        const answer = await app.inject({
          method: 'POST',
          url: `/webhooks/meta/${shop.key}`,
          headers,
          payload,
        })
        expect(answer.statusCode, payload).toBe(401)
      }
    }
    expect(await rowsOf(sql`select from inbound_logs`)).toEqual([])
  })

  it('is refused for every event of Gupshup', async () => {
    const shop = await openGupshupShop(ctx)
    for (const type of ['message', 'message-event', 'account-event', 'template-event', 'user-event']) {
      const url = `${shop.path.slice(0, -1)}x`
      const answer = await app.inject({ method: 'POST', url, payload: { type, payload: {} } })
      expect(answer.statusCode, type).toBe(401)
    }
    expect(await rowsOf(sql`select from inbound_logs`)).toEqual([])
  })
})

it('fifty statuses and three messages of one body are all handled', async () => {
  const shop = await openShop(ctx)
  await sql`
    with person as (
      insert into contacts (workspace_id, id, phone) values (${shop.workspaceId}, parley_id('ctc'), '59899000302')
      returning id
    )
    insert into messages (workspace_id, id, number_id, contact_id, direction, origin, type, content, state, external_id)
    select ${shop.workspaceId}, parley_id('msg'), ${shop.numberId}, person.id, 'out', 'api', 'text', '{}', 'accepted',
      'wamid.out.' || n from person, generate_series(1, 50) n`.execute(ctx.db.worker)
  const statuses = Array.from({ length: 50 }, (_, n) => ({
    id: `wamid.out.${n + 1}`,
    status: 'delivered',
    timestamp: '1749416383',
    recipient_id: '59899000302',
  }))
  const messages = ['a', 'b', 'c'].map((id) => text(`wamid.in.${id}`, id))
  await send(shop, metaBody(shop, { messages, statuses }))
  await work()
  const found = await rowsOf(sql`
    select direction, count(*)::int as count from messages
    where workspace_id = ${shop.workspaceId} and (direction = 'in' or delivered_at is not null)
    group by direction order by direction`)
  expect(found).toEqual([
    { direction: 'in', count: 3 },
    { direction: 'out', count: 50 },
  ])
  const told = await rowsOf(sql`
    select type, count(*)::int as count from events
    where workspace_id = ${shop.workspaceId} and type in ('message.received', 'message.delivered') group by type order by type`)
  expect(told).toEqual([
    { type: 'message.delivered', count: 50 },
    { type: 'message.received', count: 3 },
  ])
})
