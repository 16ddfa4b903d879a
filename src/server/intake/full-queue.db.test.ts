import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { metaBody, openIntake, openShop, sign } from './testing/open-shop.ts'

const { ctx, app } = await openIntake()

it('F11 a full queue answers 503 with Retry-After, and whoever was answered 200 is stored', async () => {
  const shop = await openShop(ctx)
  const big = (n: number) => metaBody(shop, { n, pad: 'x'.repeat(7.9 * 1024 * 1024) })
  let release = () => undefined as undefined
  const held = new Promise<void>((resolve) => {
    release = () => void resolve()
  })
  const locked = ctx.db.asWorker(async (tx) => {
    await sql`lock table inbound_logs in exclusive mode`.execute(tx)
    await held
  })
  // What is being written, what waits for it, and more.
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const answers = Array.from({ length: 16 }, (_, n) => {
    const body = big(n)
    const headers = { 'x-hub-signature-256': sign(body), 'content-type': 'application/json' }
    return fetch(`${address}/webhooks/meta/${shop.key}`, { method: 'POST', headers, body })
  })
  const refused = await Promise.race([
    Promise.any(
      answers.map(async (answer) => {
        const { status, headers } = await answer
        if (status !== 503) throw new Error(String(status))
        return headers.get('retry-after')
      }),
    ),
    new Promise((resolve) => setTimeout(resolve, 20_000)),
  ])
  release()
  await locked
  expect(refused).toBe('5')
  const codes = (await Promise.all(answers)).map(({ status }) => status)
  expect(new Set(codes)).toEqual(new Set([200, 503]))
  const { rows } = await sql<{ count: number }>`select count(*) as count from inbound_logs`.execute(
    ctx.db.worker,
  )
  expect(rows).toEqual([{ count: codes.filter((code) => code === 200).length }])
})
