import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { listMatch } from '../../../contract/index.ts'
import { upsertContact } from '../../contacts/index.ts'
import { testCtx } from '../../platform/testing/index.ts'
import { startList } from '../lists/start-list.ts'
import { chooseMatch } from '../match/choose-match.ts'
import { exportRecipients } from '../recipients/export-recipients.ts'
import { createDriver } from '../testing/drive-lists.ts'
import { type SeededHub, seedHub, uploadList } from '../testing/seed-hub.ts'

const ctx = await testCtx()
const { turn } = createDriver(ctx)
const variables = { 1: { column: 'name' }, 2: { column: 'order' } }

async function matched(seeded: SeededHub, file: string, columns: object) {
  const { id } = await uploadList(ctx, seeded, file)
  const match = listMatch.parse({ ...columns, variables })
  return await chooseMatch(ctx, seeded.owner, { listId: id, match })
}

async function started(seeded: SeededHub, list: { id: Parameters<typeof startList>[2] }) {
  await startList(ctx, seeded.owner, list.id)
  await turn()
  const sent = await sql<Record<string, unknown>>`
    select to_phone, to_user_id from messages where list_id = ${list.id} order by recipient_id`.execute(
    ctx.db.worker,
  )
  const skipped = await sql<{ problem: string }>`
    select problem from recipients where list_id = ${list.id} and problem is not null order by row_number`.execute(
    ctx.db.worker,
  )
  return { sent: sent.rows, skipped: skipped.rows.map(({ problem }) => problem) }
}

describe('people of a list who are known by user id only', () => {
  it('are found by the column of their ids, which is suggested, and are sent to', async () => {
    const seeded = await seedHub(ctx)
    const file =
      'bsuid,name,order\nUY.7700000001,Ana,1\nUY.7700000002,Eva,2\nUY.7700000001,Ana,3\n1234,Ivo,4\n'
    const uploaded = await uploadList(ctx, seeded, file)
    expect(uploaded.suggested_match).toMatchObject({ phone: '', user_id: 'bsuid' })
    const list = await matched(seeded, file, { user_id: 'bsuid' })
    expect(list).toMatchObject({ rows: 4, rows_refused: 2, match: { phone: '', user_id: 'bsuid' } })
    expect(await started(seeded, list)).toEqual({
      sent: [
        { to_phone: null, to_user_id: 'UY.7700000001' },
        { to_phone: null, to_user_id: 'UY.7700000002' },
      ],
      skipped: ['duplicate', 'invalid_phone:user_id'],
    })
  })

  it('may stand beside phones; a phone that is none does not matter where a user id is there', async () => {
    const seeded = await seedHub(ctx)
    const file =
      'phone,user_id,name,order\n59891000001,,Ana,1\n,UY.7700000003,Eva,2\n12,UY.7700000004,Ivo,3\n'
    const list = await matched(seeded, file, { phone: 'phone', user_id: 'user_id' })
    expect(await started(seeded, list)).toEqual({
      sent: [
        { to_phone: '59891000001', to_user_id: null },
        { to_phone: null, to_user_id: 'UY.7700000003' },
        { to_phone: null, to_user_id: 'UY.7700000004' },
      ],
      skipped: [],
    })
    const { body } = await exportRecipients(ctx, seeded.owner.workspaceId, {
      listId: list.id,
      filter: { state: null, reason: null, search: null },
      format: 'csv',
    })
    expect(await text(body)).toContain(',UY.7700000003,Eva,2,,UY.7700000003,,waiting')
  })

  it('are one with whom the list names by phone', async () => {
    const seeded = await seedHub(ctx)
    const { workspaceId } = seeded.owner
    const ana = { phone: '59891000009', user_id: 'UY.7700000009', source: 'inbound' }
    await ctx.db.inWorkspace(workspaceId, (tx) => upsertContact(tx, workspaceId, ana))
    const file = 'phone,user_id,name,order\n59891000009,,Ana,1\n,UY.7700000009,Ana,2\n'
    const list = await matched(seeded, file, { phone: 'phone', user_id: 'user_id' })
    expect(await started(seeded, list)).toEqual({
      sent: [{ to_phone: '59891000009', to_user_id: null }],
      skipped: ['same_person'],
    })
  })

  it('get no one-time codes, which go to phones only', async () => {
    const seeded = await seedHub(ctx, { category: 'AUTHENTICATION' })
    const list = await matched(seeded, 'bsuid,name,order\nUY.7700000005,Ana,1\n', { user_id: 'bsuid' })
    expect(await started(seeded, list)).toEqual({ sent: [], skipped: ['phone_needed'] })
  })

  it('a match without phones and without user ids is refused', () => {
    expect(listMatch.safeParse({ variables }).success).toBe(false)
  })
})
