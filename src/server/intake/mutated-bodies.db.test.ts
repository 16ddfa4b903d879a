import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { dayOf } from './testing/a-day.ts'
import {
  metaBody,
  metaChange,
  openGupshupShop,
  openIntake,
  openShop,
  sign,
  text,
} from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { ctx, app } = intake
const { work, rowsOf } = runIntake(intake)
const shop = await openShop(ctx)

/** A day's bodies with bytes overwritten: mostly no JSON any more. */
const brokenBytes = fc
  .tuple(fc.constantFrom(...dayOf(shop)), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }))
  .map(([body, changes]) => {
    const bytes = Buffer.from(body)
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte
    return bytes
  })

const keys =
  'object entry id changes field value metadata contacts profile messages from timestamp type text statuses status'
/** JSON with anything in place of any of its parts. */
const brokenParts = fc
  .tuple(
    fc.constantFrom(...dayOf(shop)),
    fc.constantFrom(...keys.split(' '), 'phone_number_id', 'recipient_id', 'event', 'errors', 'image'),
    fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }),
  )
  .map(([body, part, anything]) =>
    JSON.stringify(JSON.parse(body, (key, value: unknown) => (key === part ? anything : value))),
  )

it('mutated bodies get no 5xx, take no neighbour along, and end with a verdict', async () => {
  const bodies: (string | Buffer)[] = []
  const neighbours: string[] = []
  for (const [n, broken] of fc.sample(fc.oneof(brokenBytes, brokenParts), 300).entries()) {
    const id = `wamid.neighbour.${n}`
    neighbours.push(id)
    bodies.push(broken, metaBody(shop, { messages: [text(id, 'fine', '59899000090')] }))
  }
  // The same within one body: a change that is broken beside one that is not.
  for (const [n, broken] of fc.sample(fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }), 100).entries()) {
    const id = `wamid.beside.${n}`
    neighbours.push(id)
    const changes = [
      broken,
      metaChange(shop, { messages: [broken, text(id, 'fine', '59899000091')] }),
      { value: broken },
    ]
    bodies.push(
      JSON.stringify({ object: 'whatsapp_business_account', entry: [broken, { id: shop.wabaId, changes }] }),
    )
  }

  for (const body of bodies) {
    const answer = await app.inject({
      method: 'POST',
      url: `/webhooks/meta/${shop.key}`,
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) },
      payload: body,
    })
    expect(answer.statusCode).toBe(200)
  }
  await work()

  const kept = await rowsOf(sql<{ external_id: string }>`
    select external_id from messages
    where workspace_id = ${shop.workspaceId} and external_id = any (${neighbours}::text[])`)
  expect(new Set(kept.map((row) => row.external_id))).toEqual(new Set(neighbours))
  const open = await rowsOf(sql`
    select verdict from inbound_logs where verdict = 'received' or (verdict = 'failed' and error is null)`)
  expect(open).toEqual([])
  expect(await rowsOf(sql`select id from inbound_logs`)).toHaveLength(bodies.length)
})

const gupshupKeys =
  'app timestamp version type payload source sender phone name text id gsId destination ts code reason status category'
const gupshupDay = [
  { type: 'message', payload: { id: 'g1', source: '59899000092', type: 'text', payload: { text: 'a' } } },
  {
    type: 'message-event',
    payload: { id: 'g2', gsId: 'g2', type: 'failed', payload: { code: 1, reason: 'b' } },
  },
  { type: 'user-event', payload: { phone: '59899000092', type: 'opted-out' } },
  { type: 'account-event', payload: { type: 'status-event', payload: { status: 'DISABLE' } } },
  {
    type: 'template-event',
    payload: { type: 'category-update', id: 'T1', category: { old: 'A', new: 'B' } },
  },
].map((event) => ({ app: 'ShopLine', timestamp: 1_762_164_000_000, version: 2, ...event }))

const brokenEvents = fc
  .tuple(
    fc.constantFrom(...gupshupDay),
    fc.constantFrom(...gupshupKeys.split(' ')),
    fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 2 }),
  )
  .map(([event, part, anything, changes]) => {
    const bytes = Buffer.from(
      JSON.stringify(event, (key, value: unknown) => (key === part ? anything : value)),
    )
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte
    return bytes
  })

it('mutated events of Gupshup neither', async () => {
  const line = await openGupshupShop(ctx)
  const neighbours: string[] = []
  for (const [n, broken] of fc.sample(brokenEvents, 300).entries()) {
    const payload = { id: `g.neighbour.${n}`, source: '59899000093', type: 'text', payload: { text: 'fine' } }
    neighbours.push(payload.id)
    const fine = { app: 'ShopLine', timestamp: 1_762_164_000_000, version: 2, type: 'message', payload }
    for (const body of [broken, JSON.stringify(fine)]) {
      const headers = { 'content-type': 'application/json' }
      const answer = await app.inject({ method: 'POST', url: line.path, headers, payload: body })
      expect([answer.statusCode, answer.body]).toEqual([200, ''])
    }
  }
  await work()
  const kept = await rowsOf(sql<{ external_id: string }>`
    select external_id from messages
    where workspace_id = ${line.workspaceId} and external_id = any (${neighbours}::text[])`)
  expect(new Set(kept.map((row) => row.external_id))).toEqual(new Set(neighbours))
  expect(
    await rowsOf(sql`
      select verdict from inbound_logs where verdict = 'received' or (verdict = 'failed' and error is null)`),
  ).toEqual([])
})
