import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { replayUnrouted } from './platform-webhook.ts'
import { metaBody, openIntake, openShop, text } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { ctx } = intake
const { send, work, newestLogOf, rowsOf } = runIntake(intake)

it('what comes while a number is disconnected is kept, and appears once it is connected again', async () => {
  const shop = await openShop(ctx)
  const turn = async (status: string, connected: boolean) => {
    const since = connected ? sql`now() + interval '2 minutes'` : sql`connected_at`
    await rowsOf(
      sql`update connectors set status = ${status}, connected_at = ${since} where id = ${shop.connectorId}`,
    )
    await rowsOf(
      sql`update numbers set connected = ${connected}, connected_at = ${since} where id = ${shop.numberId}`,
    )
  }
  await rowsOf(sql`
    update connectors set connected_at = now() - interval '1 hour' where id = ${shop.connectorId}`)
  await rowsOf(sql`update numbers set connected_at = now() - interval '1 hour' where id = ${shop.numberId}`)
  await turn('DISCONNECTED', false)
  await send(shop, metaBody(shop, { messages: [text(`wamid.meanwhile.${shop.key}`, 'Are you there?')] }))
  await work()
  expect(await newestLogOf(shop)).toMatchObject({ verdict: 'unrouted', facts: [{ outcome: 'unrouted' }] })
  expect(await replayUnrouted(ctx, 'connected')).toBe(0)

  await turn('ACTIVE', true)
  expect(await replayUnrouted(ctx, 'connected')).toBe(1)
  await work()
  expect(await newestLogOf(shop)).toMatchObject({ verdict: 'processed', facts: [{ outcome: 'applied' }] })
  expect(await replayUnrouted(ctx, 'connected')).toBe(0)
})
