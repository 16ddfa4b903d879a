import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { InboundLogDetail } from '../../contract/index.ts'
import { Secret } from '../platform/index.ts'
import { getInboundLog } from './list-inbound-logs.ts'
import { listUnrouted, readPlatformWebhook, replayUnrouted } from './platform-webhook.ts'
import { replaySpan } from './replay-logs.ts'
import { metaBody, metaChange, openIntake, openShop, type Shop, sign, text } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const platformSecret = 'secret-of-the-platform-app'
const metaApp = { appId: '1234', appSecret: new Secret(platformSecret), verifyToken: null }
const intake = await openIntake({ metaApp })
const { ctx, app } = intake
const { work, logsOf, newestLogOf, rowsOf } = runIntake(intake)

async function post(body: string): Promise<void> {
  const answer = await app.inject({
    method: 'POST',
    url: '/webhooks/meta',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(body, platformSecret) },
    payload: body,
  })
  expect(answer.statusCode).toBe(200)
}

async function textsOf(shop: Shop): Promise<string[]> {
  const rows = await rowsOf(sql<{ external_id: string }>`
    select external_id from messages where workspace_id = ${shop.workspaceId} order by external_id`)
  return rows.map((row) => row.external_id)
}

async function newestOf(shop: Shop): Promise<InboundLogDetail> {
  return getInboundLog(ctx, shop.owner, (await newestLogOf(shop)).id)
}

const entryOf = (shop: Pick<Shop, 'wabaId' | 'phoneNumberId'>, ...ids: string[]) => ({
  id: shop.wabaId,
  time: 1_749_416_383,
  changes: ids.map((id) => metaChange(shop, { messages: [text(id, 'hello', '59899000070')] })),
})
const foreign = { wabaId: '900000000000001', phoneNumberId: '900000000000002' }

describe('the address of the platform app', () => {
  it('gives what came for one connector to its workspace', async () => {
    const shop = await openShop(ctx)
    await post(metaBody(shop, { messages: [text('wamid.p.1', 'hi', '59899000071')] }))
    await work()
    expect(await newestLogOf(shop)).toMatchObject({ verdict: 'processed', connector_id: shop.connectorId })
    expect(await textsOf(shop)).toEqual(['wamid.p.1'])
  })

  it('gives each workspace its own part of a body of several, and nobody sees the part of another', async () => {
    const [ana, ben] = [await openShop(ctx), await openShop(ctx)]
    const before = (await listUnrouted(ctx, 100)).length
    await post(
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [
          entryOf(ana, 'wamid.ana.1', 'wamid.ana.2'),
          'no entry',
          entryOf(ben, 'wamid.ben.1'),
          entryOf(foreign, 'wamid.nobody'),
          entryOf(ana, 'wamid.ana.3'),
        ],
      }),
    )
    await work()
    expect(await textsOf(ana)).toEqual(['wamid.ana.1', 'wamid.ana.2', 'wamid.ana.3'])
    expect(await textsOf(ben)).toEqual(['wamid.ben.1'])
    const [ofAna, ofBen] = [await newestOf(ana), await newestOf(ben)]
    expect(ofAna).toMatchObject({ verdict: 'processed', connector_id: ana.connectorId })
    expect(ofAna.facts.map(({ external_id }) => external_id)).toEqual([
      'wamid.ana.1',
      'wamid.ana.2',
      'wamid.ana.3',
    ])
    expect(ofAna.body).not.toMatch(/wamid\.ben|wamid\.nobody/)
    expect(ofBen.body).not.toMatch(/wamid\.ana|wamid\.nobody/)
    expect(await logsOf(ana)).toHaveLength(1)

    const unrouted = await listUnrouted(ctx, 100)
    expect(unrouted).toHaveLength(before + 1)
    expect(unrouted[0]?.facts[0]).toMatchObject({ external_id: 'wamid.nobody', outcome: 'unrouted' })
    expect(unrouted[0]?.terms).toEqual(expect.arrayContaining([foreign.wabaId, foreign.phoneNumberId]))
  })

  it('replayed, a part does nothing that was not done, and does not grow', async () => {
    const [ana, ben] = [await openShop(ctx), await openShop(ctx)]
    await post(
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [entryOf(ana, 'wamid.r.ana'), entryOf(ben, 'wamid.r.ben')],
      }),
    )
    await work()
    await replaySpan(ctx, ana.owner, { since: '2020-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' })
    await work()
    expect(await logsOf(ana)).toMatchObject([{ verdict: 'processed', facts: [{ outcome: 'applied' }] }])
    expect(await textsOf(ana)).toEqual(['wamid.r.ana'])
  })

  it('keeps what is nobody’s, and gives it to the connector that is added later', async () => {
    const later = { wabaId: '900000000000011', phoneNumberId: '900000000000012' }
    await post(metaBody(later, { messages: [text('wamid.early', 'too early', '59899000072')] }))
    await work()
    expect((await listUnrouted(ctx, 1))[0]?.facts[0]?.external_id).toBe('wamid.early')
    expect(await replayUnrouted(ctx, 'connected')).toBe(0)

    const shop = await openShop(ctx, later)
    expect(await logsOf(shop)).toEqual([])
    expect(await replayUnrouted(ctx, 'connected')).toBe(1)
    await work()
    expect(await textsOf(shop)).toEqual(['wamid.early'])
    expect(await newestLogOf(shop)).toMatchObject({ verdict: 'processed', connector_id: shop.connectorId })
    expect(await replayUnrouted(ctx, 'connected')).toBe(0)
  })

  it('tells the operator address and token; the token is the one that Meta is asked for', async () => {
    const told = await readPlatformWebhook(ctx)
    expect(told).toMatchObject({ app_id: '1234', callback_url: `${ctx.config.publicUrl}/webhooks/meta` })
    expect(told?.unrouted).toBeGreaterThan(0)
    const ask = (token: string) =>
      app.inject({
        method: 'GET',
        url: '/webhooks/meta',
        query: { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '42' },
      })
    expect((await ask(told?.verify_token ?? '')).body).toBe('42')
    expect((await ask('guess')).statusCode).toBe(403)
  })
})
