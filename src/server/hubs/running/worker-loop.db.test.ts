import { sql } from 'kysely'
import { afterAll, expect, it, vi } from 'vitest'
import { listMatch } from '../../../contract/index.ts'
import { testCtx } from '../../platform/testing/index.ts'
import { defineHubsJobs } from '../import/define-jobs.ts'
import { readList } from '../lists/read-list.ts'
import { startList } from '../lists/start-list.ts'
import { chooseMatch } from '../match/choose-match.ts'
import { seedHub, uploadList } from '../testing/seed-hub.ts'
import { wakeTopics } from './wake-hubs.ts'
import { startHubsWorker } from './worker.ts'

const ctx = await testCtx()
defineHubsJobs(ctx)
await ctx.jobs.start()
const workers = [startHubsWorker(ctx), startHubsWorker(ctx)]
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
})

const match = listMatch.parse({
  phone: 'phone',
  variables: { 1: { column: 'name' }, 2: { column: 'order' } },
})

function fileOf(count: number, phone = (i: number) => 59891000000 + i): string {
  const lines = Array.from({ length: count }, (_, i) => `${phone(i)},Ana of the ${i}th row,A-${i}`)
  return ['phone,name,order', ...lines].join('\n')
}

async function countMessages(listId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from messages where list_id = ${listId}`.execute(ctx.db.worker)
  return rows[0]?.n ?? 0
}

it('a start is felt at once, and the list runs to its end by itself', async () => {
  const seeded = await seedHub(ctx)
  const { id } = await uploadList(ctx, seeded, fileOf(50))
  await chooseMatch(ctx, seeded.owner, { listId: id, match })
  await vi.waitFor(async () => {
    const { rows } = await sql`select 1 from leases where kind = 'hubs' and owner is not null`.execute(
      ctx.db.worker,
    )
    expect(rows).toHaveLength(1)
  })
  const signal = vi.spyOn(ctx.wake, 'signal')
  await startList(ctx, seeded.owner, id)
  expect(signal).toHaveBeenCalledWith(wakeTopics.expand)
  await vi.waitFor(async () => expect(await countMessages(id)).toBe(50))

  await sql`update messages set state = 'accepted' where list_id = ${id}`.execute(ctx.db.worker)
  await vi.waitFor(async () =>
    expect((await readList(ctx, seeded.owner.workspaceId, id)).state).toBe('finished'),
  )
})

it('a big file is read by a job while the list shows how far it is', async () => {
  const seeded = await seedHub(ctx)
  const { workspaceId } = seeded.owner
  const list = await uploadList(ctx, seeded, fileOf(70_000))
  expect(list).toMatchObject({ state: 'importing', import_progress: expect.any(Number) })
  await expect(chooseMatch(ctx, seeded.owner, { listId: list.id, match })).rejects.toMatchObject({
    code: 'list_state_wrong',
  })
  await vi.waitFor(async () => expect((await readList(ctx, workspaceId, list.id)).state).toBe('draft'), {
    interval: 100,
  })
  expect(await readList(ctx, workspaceId, list.id)).toMatchObject({ rows: 70_000, rows_refused: 0 })

  const other = listMatch.parse({ ...match, variables: { ...match.variables, 2: { constant: 'x' } } })
  expect(await chooseMatch(ctx, seeded.owner, { listId: list.id, match: other })).toMatchObject({
    state: 'importing',
  })
  await vi.waitFor(async () => expect((await readList(ctx, workspaceId, list.id)).state).toBe('ready'), {
    interval: 100,
  })
})

it('a big file that breaks off says at which line, and the list can be thrown away', async () => {
  const seeded = await seedHub(ctx)
  const list = await uploadList(ctx, seeded, `${fileOf(70_000)}\n59891999999,"Ana`)
  await vi.waitFor(
    async () => {
      const { state, import_error } = await readList(ctx, seeded.owner.workspaceId, list.id)
      expect(state).toBe('draft')
      expect(import_error).toContain('line 70002')
    },
    { interval: 100 },
  )
})

it('the same phone ten thousand times is one recipient', async () => {
  const seeded = await seedHub(ctx)
  const list = await uploadList(
    ctx,
    seeded,
    fileOf(10_000, () => 59891000000),
  )
  expect(list).toMatchObject({ rows: 10_000, rows_refused: 9_999, counts: { waiting: 1, skipped: 9_999 } })
})
