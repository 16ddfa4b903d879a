import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { listInboundLogs } from './list-inbound-logs.ts'
import { metaBody, metaChange, openIntake, openShop, type Shop, text } from './testing/open-shop.ts'
import { runIntake } from './testing/run-intake.ts'

const intake = await openIntake()
const { ctx } = intake
const { send, work, rowsOf } = runIntake(intake)

/** A body without the time that Meta gives such news. */
function ban({ wabaId }: Shop, waba_ban_state: string): string {
  const value = { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state } }
  return JSON.stringify({ entry: [{ id: wabaId, changes: [{ field: 'account_update', value }] }] })
}

it('a ban told again without a time, after it was lifted, bans nobody', async () => {
  const shop = await openShop(ctx)
  for (const state of ['DISABLE', 'REINSTATE', 'DISABLE']) {
    await send(shop, ban(shop, state))
    await work()
  }
  const [restriction] = await rowsOf(sql<{ until: Date | null }>`
    select until from account_restrictions where workspace_id = ${shop.workspaceId}`)
  expect(restriction?.until).not.toBeNull()
})

it('news without a time have that of their webhook, however late it is worked on', async () => {
  const shop = await openShop(ctx)
  await send(shop, ban(shop, 'DISABLE'), metaBody(shop, { errors: [{ code: 130_429, title: 'Slow down' }] }))
  await sql`
    update inbound_logs set received_at = now() - interval '3 days'
    where workspace_id = ${shop.workspaceId}`.execute(ctx.db.worker)
  await work()
  const isOld = sql<{ is_old: boolean }>`
    select at < now() - interval '2 days' as is_old from account_changes where workspace_id = ${shop.workspaceId}`
  expect(await rowsOf(isOld)).toEqual([{ is_old: true }, { is_old: true }])
})

it('the log finds people by their user id, whether they show a phone or not', async () => {
  const shop = await openShop(ctx)
  const { from: _, ...nameless } = text('wamid.u1', 'by user id')
  const contacts = [{ wa_id: '59899000051', user_id: 'UY.U51' }]
  const both = metaChange(shop, { contacts, messages: [text('wamid.u2', 'both', '59899000051')] })
  await send(
    shop,
    metaBody(shop, { messages: [{ ...nameless, from_user_id: 'UY.U51' }] }),
    JSON.stringify({ entry: [{ id: shop.wabaId, changes: [both] }] }),
  )
  await work()
  const { data } = await listInboundLogs(ctx, shop.owner, { search: 'uy.u51', limit: 10 })
  expect(data.map(({ facts }) => facts[0]?.phone)).toEqual(['59899000051', 'UY.U51'])
})
