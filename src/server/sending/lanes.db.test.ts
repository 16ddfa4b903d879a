import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { recordInbound } from '../messages/index.ts'
import { seedNumber } from '../messages/testing/index.ts'
import { testCtx } from '../platform/testing/index.ts'
import { selectOutlook } from './queries.ts'
import { selectLanes } from './queries-lanes.ts'

const ctx = await testCtx()
const lately = { kind: 'sending', overSeconds: 10 }

it('the lanes of a workspace say who holds them since when, how fast they go and what waits', async () => {
  const number = await seedNumber(ctx)
  const stranger = await seedNumber(ctx)
  await stranger.takeLane('other')
  await number.addMessage({ priority: 0 })
  await number.addMessage()
  await number.addList({ recipients: 4 })
  const lanes = () => selectLanes(ctx.db.worker, number.workspaceId, lately)
  expect(await lanes()).toMatchObject([
    { number_id: number.numberId, owner: null, held_since: null, replies: 1, api: 1, lists: 4 },
  ])

  await number.takeLane('hub-1')
  const [taken] = await lanes()
  expect(taken).toMatchObject({ owner: 'hub-1', epoch: 1, held_since: expect.any(Date) })
  await number.run(
    sql`update leases set lease_until = now() + interval '70 seconds' where key = ${number.numberId}`,
  )
  expect((await lanes())[0]?.held_since).toEqual(taken?.held_since)
  await number.takeLane('hub-2')
  const [after] = await lanes()
  expect(after).toMatchObject({ owner: 'hub-2', epoch: 2 })
  expect(after?.held_since?.getTime()).toBeGreaterThan(taken?.held_since?.getTime() ?? 0)
  await number.run(
    sql`update leases set lease_until = now() - interval '1 second' where key = ${number.numberId}`,
  )
  expect(await lanes()).toMatchObject([{ owner: null, held_since: null, lease_until: null }])
})

it('a lane sees what customers wrote to its number within the last second, and not what was told late', async () => {
  const number = await seedNumber(ctx)
  const stranger = await seedNumber(ctx)
  let told = 0
  async function tell(to: typeof number, at: Date): Promise<void> {
    told += 1
    await recordInbound(ctx.db.worker, to.workspaceId, {
      number_id: to.numberId,
      contact_id: await to.addContact(),
      external_id: `wamid.${told}`,
      type: 'text',
      content: { text: { body: 'Hello' } },
      at,
      context_external_id: null,
      origin: 'customer',
    })
  }
  const inbound = async () => (await selectOutlook(ctx.db.lanes, number.numberId)).inbound_per_second
  expect(await inbound()).toBe(0)
  const now = new Date()
  for (const to of [number, number, stranger]) await tell(to, now)
  await tell(number, new Date(now.getTime() - 3_600_000))
  await number.run(sql`update messages set created_at = now() where number_id = ${number.numberId}`)
  expect(await inbound()).toBe(2)
  const [lane] = await selectLanes(ctx.db.worker, number.workspaceId, lately)
  expect(lane?.inbound_lately).toBe(2)
  await number.run(
    sql`update messages set created_at = now() - interval '1.1 seconds' where number_id = ${number.numberId}`,
  )
  expect(await inbound()).toBe(0)
})
