import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { seedNumber } from '../messages/testing/index.ts'
import { testCtx } from '../platform/testing/index.ts'
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
