import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { heldClock, testCtx } from '../../platform/testing/index.ts'
import { createDriver, fileOf } from '../testing/drive-lists.ts'
import { seedHub } from '../testing/seed-hub.ts'
import { selectCounts } from './count-queries.ts'
import { recountLists } from './recount-lists.ts'
import { startList } from './start-list.ts'

const ctx = await testCtx({ clock: heldClock(new Date()) })
const { readyList, turn, settle, expectExactCounts } = createDriver(ctx)

it('a recount agrees with the merged counts, and mends what was tampered with', async () => {
  const seeded = await seedHub(ctx)
  const list = await readyList(seeded, fileOf(20))
  await startList(ctx, seeded.owner, list.id)
  await turn()
  await settle(list, `state = 'accepted'`, `id in (select id from messages order by id limit 12)`)
  await settle(list, `state = 'rejected', error_code = '131026'`, `state = 'queued'`)
  expect(await recountLists(ctx)).toEqual({ lists: 1, repaired: [] })
  await turn()
  expect(await recountLists(ctx)).toEqual({ lists: 1, repaired: [] })

  await sql`update list_counts set n = n + 5 where list_id = ${list.id} and bucket = 'sent'`.execute(
    ctx.db.worker,
  )
  await sql`delete from list_counts where list_id = ${list.id} and bucket = 'failed'`.execute(ctx.db.worker)
  const { repaired } = await recountLists(ctx)
  expect(repaired).toEqual([
    {
      list_id: list.id,
      differences: expect.arrayContaining([
        { bucket: 'sent', reason: '', n: -5 },
        { bucket: 'failed', reason: '131026', n: 8 },
      ]),
    },
  ])
  await expectExactCounts(seeded, list)
  await turn()
  await expectExactCounts(seeded, list)
  expect(await selectCounts(ctx.db.worker, seeded.owner.workspaceId, [list.id])).toHaveLength(2)
})
