import { expect, it } from 'vitest'
import { recipientId } from '../../../contract/index.ts'
import { testCtx } from '../../platform/testing/index.ts'
import { correctRecipient } from '../recipients/correct-recipient.ts'
import { createDriver } from '../testing/drive-lists.ts'
import { readRows } from '../testing/read-rows.ts'
import { seedHub } from '../testing/seed-hub.ts'
import { preflightList } from './preflight-list.ts'

const ctx = await testCtx()
const { readyList } = createDriver(ctx)

it('rows whose values the template cannot take are counted before the start, and can be mended', async () => {
  const seeded = await seedHub(ctx)
  const { workspaceId } = seeded.owner
  const rows = ['phone,name,order', `59891000001,${'x'.repeat(1100)},1`, '59891000002,Ana,2']
  const list = await readyList(seeded, rows.join('\n'))
  const before = await preflightList(ctx, workspaceId, list.id)
  expect(before).toMatchObject({ total: 2, will_send: 1, skipped: { wrong_value: 1 } })
  const [long] = await readRows(ctx, seeded, list, { state: 'problem' })
  const changes = { cells: { name: 'Eva' } }
  const id = recipientId.parse(long?.id)
  const mended = await correctRecipient(ctx, seeded.owner, { listId: list.id, id, changes })
  expect(mended.problem).toBeNull()
  const after = await preflightList(ctx, workspaceId, list.id)
  expect(after).toMatchObject({ will_send: 2, skipped: { wrong_value: 0 } })
})
