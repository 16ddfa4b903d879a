import { describe, expect, it } from 'vitest'
import { updateHub as updateHubBody } from '../../../contract/index.ts'
import { testCtx } from '../../platform/testing/index.ts'
import { deleteHub } from '../hub/delete-hub.ts'
import { updateHub } from '../hub/update-hub.ts'
import { pauseList } from '../lists/pause-list.ts'
import { readList } from '../lists/read-list.ts'
import { startList } from '../lists/start-list.ts'
import { createDriver, fileOf } from '../testing/drive-lists.ts'
import { seedHub } from '../testing/seed-hub.ts'

const ctx = await testCtx()
const { readyList, turn, expectExactCounts } = createDriver(ctx)

describe('a hub', () => {
  it('keeps its basic fields', async () => {
    const { owner, hub } = await seedHub(ctx)
    await expect(updateHub(ctx, owner, { id: hub.id, changes: { name: 'Other' } })).rejects.toMatchObject({
      code: 'hub_basic_is_fixed',
    })
  })

  it('has a schedule inside the campaign, or the day and range are named', async () => {
    const { owner, hub } = await seedHub(ctx, { schedule: { mon: [['09:00', '18:00']] } })
    const changes = updateHubBody.parse({ schedule: { mon: [['10:00', '19:00']] } })
    await expect(updateHub(ctx, owner, { id: hub.id, changes })).rejects.toMatchObject({
      code: 'schedule_outside_campaign',
      details: { day: 'mon', range: ['10:00', '19:00'] },
    })
  })

  it('is deleted only when no list is sending; its history stays', async () => {
    const seeded = await seedHub(ctx)
    const { owner, hub } = seeded
    const list = await readyList(seeded, fileOf(3))
    await startList(ctx, owner, list.id)
    await turn()
    await expect(deleteHub(ctx, owner, hub.id)).rejects.toMatchObject({ code: 'hub_has_active_lists' })
    await pauseList(ctx, owner, list.id)
    await deleteHub(ctx, owner, hub.id)
    await expect(deleteHub(ctx, owner, hub.id)).rejects.toMatchObject({ code: 'not_found' })
    await turn()
    expect(await readList(ctx, owner.workspaceId, list.id)).toMatchObject({
      state: 'cancelled',
      counts: { waiting: 0, skipped: 3 },
    })
    await expectExactCounts(seeded, list)
  })
})
