import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { dayOf } from './testing/a-day.ts'
import { metaBody, metaChange, openIntake, openShop, sign, text } from './testing/open-shop.ts'
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

it('mutated bodies get no 5xx, take no neighbour along, and end with a verdict', {
  timeout: 120_000,
}, async () => {
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
