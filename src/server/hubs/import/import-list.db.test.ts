import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type List, listMatch } from '../../../contract/index.ts'
import { storeUpload } from '../../files/index.ts'
import { testCtx } from '../../platform/testing/index.ts'
import { readList } from '../lists/read-list.ts'
import { chooseMatch } from '../match/choose-match.ts'
import { readRows } from '../testing/read-rows.ts'
import { type SeededHub, seedHub, seedTemplate, uploadList } from '../testing/seed-hub.ts'
import { importList, recordFailedImport } from './import-list.ts'

const ctx = await testCtx()
const orders = `phone,name,order_number
59891000001,Ana,A-1
+598 (91) 000-002,Eva,A-2
59891000001,Ana again,A-3
12,Ivo,A-4
59891000003,,A-5
59891000004,Leo,
59891000005,Mia,A-7,extra
`

async function problemsOf(seeded: SeededHub, list: List): Promise<(string | null)[]> {
  return (await readRows(ctx, seeded, list)).map((row) => row.problem)
}

describe('an upload', () => {
  it('answers a draft with columns, rows and a match, its bad rows kept with their reasons', async () => {
    const seeded = await seedHub(ctx)
    const list = await uploadList(ctx, seeded, orders)
    expect(list).toMatchObject({
      state: 'draft',
      name: 'orders',
      columns: ['phone', 'name', 'order_number'],
      rows: 7,
      rows_refused: 5,
      suggested_match: {
        phone: 'phone',
        variables: { 1: { column: 'name' }, 2: { column: 'order_number' } },
      },
      counts: { total: 7, waiting: 2, skipped: 5 },
    })
    expect(await problemsOf(seeded, list)).toEqual([
      null,
      null,
      'duplicate',
      'invalid_phone:too_short',
      'missing_variable:1',
      'missing_variable:2',
      'wrong_columns',
    ])
  })

  it('that no one can read leaves nothing behind', async () => {
    const seeded = await seedHub(ctx)
    await expect(uploadList(ctx, seeded, 'phone,name\n')).rejects.toMatchObject({ code: 'file_unreadable' })
    await expect(uploadList(ctx, seeded, '\u0050\u004b\u0003\u0004')).rejects.toMatchObject({
      code: 'file_unreadable',
    })
    const { rows } = await sql`
      select 1 from lists where workspace_id = ${seeded.owner.workspaceId}`.execute(ctx.db.worker)
    expect(rows).toEqual([])
  })

  it('into the hub of another workspace finds no hub', async () => {
    const here = await seedHub(ctx)
    const there = await seedHub(ctx)
    await expect(uploadList(ctx, { ...here, hub: there.hub }, orders)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('of the same columns remembers the match of the time before', async () => {
    const seeded = await seedHub(ctx)
    const first = await uploadList(ctx, seeded, orders)
    const match = listMatch.parse({
      phone: 'phone',
      variables: { 1: { column: 'name', fallback: 'friend' }, 2: { constant: 'your order' } },
    })
    await chooseMatch(ctx, seeded.owner, { listId: first.id, match })
    const second = await uploadList(ctx, seeded, orders)
    expect(second.suggested_match).toEqual(match)
  })

  it('whose file was lost ends as a draft that says so', async () => {
    const seeded = await seedHub(ctx)
    const { workspaceId } = seeded.owner
    const { id } = await uploadList(ctx, seeded, orders)
    await sql`update lists set state = 'importing', file_key = ${`lists/${id}`}, created_at = now() - interval '11 minutes'
      where id = ${id}`.execute(ctx.db.worker)
    const task = { workspaceId, listId: id }
    await importList(ctx, task).catch((error: unknown) => recordFailedImport(ctx, task, error))
    expect(await readList(ctx, workspaceId, id)).toMatchObject({
      state: 'draft',
      import_error: 'The file was lost before it was read. Upload it again.',
    })
  })

  it('run twice at once inserts each row once', async () => {
    const seeded = await seedHub(ctx)
    const { workspaceId } = seeded.owner
    const lines = Array.from({ length: 9_000 }, (_, i) => `${59891000000 + i},Ana,A-${i}`)
    const list = await uploadList(ctx, seeded, ['phone,name,order', ...lines].join('\n'))
    // As if the hub had died in the middle: the rows behind the cursor are gone, the file is there again.
    const { file_key } = await rewind(list, 4_000)
    await writeAgain(file_key, ['phone,name,order', ...lines].join('\n'))
    await Promise.all([
      importList(ctx, { workspaceId, listId: list.id }),
      importList(ctx, { workspaceId, listId: list.id }),
    ])
    const again = await readList(ctx, workspaceId, list.id)
    expect(again).toMatchObject({ state: 'draft', rows: 9_000, rows_refused: 0 })
    const { rows } = await sql<{ n: number; phones: number }>`
      select count(*) as n, count(distinct phone) as phones from recipients where list_id = ${list.id}`.execute(
      ctx.db.worker,
    )
    expect(rows).toEqual([{ n: 9_000, phones: 9_000 }])
  })
})

async function rewind({ id }: List, to: number): Promise<{ file_key: string }> {
  const fileKey = `lists/${id}`
  await sql`delete from recipients where list_id = ${id} and row_number > ${to}`.execute(ctx.db.worker)
  await sql`
    update lists set state = 'importing', rows_read = ${to}, file_key = ${fileKey} where id = ${id}`.execute(
    ctx.db.worker,
  )
  return { file_key: fileKey }
}

async function writeAgain(fileKey: string, content: string): Promise<void> {
  await storeUpload(ctx, fileKey, Readable.from([Buffer.from(content)]))
}

describe('the match', () => {
  it('judges rows anew when the phone column changes', async () => {
    const seeded = await seedHub(ctx)
    const file = 'phone,other,n\n59891000001,59891000009,1\n59891000002,59891000009,2\n12,59891000003,3\n'
    const list = await uploadList(ctx, seeded, file)
    expect(await problemsOf(seeded, list)).toEqual([null, null, 'invalid_phone:too_short'])
    const match = listMatch.parse({
      phone: 'other',
      variables: { 1: { column: 'n' }, 2: { constant: 'x' } },
    })
    const matched = await chooseMatch(ctx, seeded.owner, { listId: list.id, match })
    expect(matched).toMatchObject({ state: 'ready', rows_refused: 1, counts: { waiting: 2, skipped: 1 } })
    expect(await problemsOf(seeded, list)).toEqual([null, 'duplicate', null])
  })

  it('judges variables anew when their sources change', async () => {
    const seeded = await seedHub(ctx)
    const list = await uploadList(ctx, seeded, orders)
    const match = listMatch.parse({
      phone: 'phone',
      variables: { 1: { column: 'name', fallback: 'friend' }, 2: { column: 'order_number', fallback: '-' } },
    })
    const matched = await chooseMatch(ctx, seeded.owner, { listId: list.id, match })
    expect(matched.rows_refused).toBe(3)
    expect(await problemsOf(seeded, list)).toEqual([
      null,
      null,
      'duplicate',
      'invalid_phone:too_short',
      null,
      null,
      'wrong_columns',
    ])
  })

  it.each([
    [
      { phone: 'nowhere', variables: {} },
      { code: 'validation_failed', details: { fields: [{ path: 'phone' }] } },
    ],
    [
      { phone: 'phone', variables: { 1: { column: 'name' } } },
      { code: 'list_match_incomplete', details: { missing: ['2'] } },
    ],
    [
      { phone: 'phone', variables: { 1: { column: 'name' }, 2: { constant: 'x' }, 3: { constant: 'y' } } },
      { code: 'validation_failed', details: { fields: [{ path: 'variables.3' }] } },
    ],
  ])('%j is refused', async (match, error) => {
    const seeded = await seedHub(ctx)
    const list = await uploadList(ctx, seeded, orders)
    await expect(
      chooseMatch(ctx, seeded.owner, { listId: list.id, match: listMatch.parse(match) }),
    ).rejects.toMatchObject(error)
  })

  it('refuses a template that the campaign has not enabled', async () => {
    const seeded = await seedHub(ctx)
    const list = await uploadList(ctx, seeded, orders)
    const match = listMatch.parse({
      phone: 'phone',
      variables: {},
      template_id: await seedTemplate(ctx, seeded.owner),
    })
    await expect(chooseMatch(ctx, seeded.owner, { listId: list.id, match })).rejects.toMatchObject({
      code: 'template_not_enabled',
    })
  })
})
