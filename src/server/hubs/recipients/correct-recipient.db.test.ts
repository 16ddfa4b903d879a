import { describe, expect, it } from 'vitest'
import { recipientId } from '../../../contract/index.ts'
import { testCtx } from '../../platform/testing/index.ts'
import { readList } from '../lists/read-list.ts'
import { correctRecipient } from '../recipients/correct-recipient.ts'
import { createDriver } from '../testing/drive-lists.ts'
import { readRows } from '../testing/read-rows.ts'
import { seedHub } from '../testing/seed-hub.ts'

const ctx = await testCtx()
const { readyList } = createDriver(ctx)

describe('a row', () => {
  it('that is corrected is judged anew, and gives its old phone to the next', async () => {
    const seeded = await seedHub(ctx)
    const { workspaceId } = seeded.owner
    const list = await readyList(seeded, 'phone,name,order\n59891000001,Ana,1\n59891000001,Eva,2\n12,Ivo,3\n')
    const rows = await readRows(ctx, seeded, list)
    const ids = rows.map((row) => recipientId.parse(row.id))
    const correct = (index: number, phone: string) => {
      const id = ids[index]
      if (!id) throw new Error('There is no such row.')
      return correctRecipient(ctx, seeded.owner, { listId: list.id, id, changes: { phone } })
    }
    expect(await correct(2, '59891000001')).toMatchObject({ problem: { code: 'duplicate' } })
    expect(await correct(0, '59891000002')).toMatchObject({ problem: null, phone: '59891000002' })
    expect((await readList(ctx, workspaceId, list.id)).rows_refused).toBe(1)
    expect(await correct(2, '59891000003')).toMatchObject({ problem: null })
    expect(await readList(ctx, workspaceId, list.id)).toMatchObject({
      rows_refused: 0,
      counts: { waiting: 3 },
    })
  })
})
