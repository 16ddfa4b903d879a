import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { getInboundLog } from './list-inbound-logs.ts'
import { removeBodies } from './remove-bodies.ts'
import { replayLog, replaySpan } from './replay-logs.ts'
import { metaBody, openIntake, openShop, text } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake({ keepBodiesDays: 3 })
const { ctx } = intake
const { send, work, logsOf } = runIntake(intake)

it('a body goes after its days; verdict, facts and digest stay, and nobody can replay it', async () => {
  const shop = await openShop(ctx)
  const bodyOf = (n: number) => metaBody(shop, { messages: [text(`wamid.old.${n}`, 'x', '59899000080')] })
  await send(shop, bodyOf(1), bodyOf(2))
  await work()
  const [young, old] = await logsOf(shop)
  const fourDaysAgo = `inl_${(Date.now() - 4 * 86_400_000).toString(16).padStart(12, '0')}${'0'.repeat(20)}`
  await sql`
    update inbound_logs set id = ${fourDaysAgo}, received_at = now() - interval '4 days'
    where id = ${old?.id}`.execute(ctx.db.worker)

  expect(await removeBodies(ctx)).toBe(1)
  expect(await removeBodies(ctx)).toBe(0)
  const gone = await getInboundLog(ctx, shop.owner, fourDaysAgo)
  expect(gone).toMatchObject({ body: null, headers: {}, verdict: 'processed', body_bytes: bodyOf(1).length })
  expect(gone.facts).toEqual(old?.facts)
  expect((await getInboundLog(ctx, shop.owner, young?.id ?? '')).body).not.toBeNull()

  await expect(replayLog(ctx, shop.owner, fourDaysAgo)).rejects.toMatchObject({ code: 'conflict' })
  const span = { since: '2020-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' }
  expect((await replaySpan(ctx, shop.owner, span)).replayed).toBe(1)
})
