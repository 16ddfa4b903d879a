import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { listMatch } from '../../../contract/index.ts'
import { testCtx } from '../../platform/testing/index.ts'
import { cancelList } from '../lists/cancel-list.ts'
import { pauseList } from '../lists/pause-list.ts'
import { preflightList } from '../lists/preflight-list.ts'
import { readList } from '../lists/read-list.ts'
import { resumeList } from '../lists/resume-list.ts'
import { retryFailed } from '../lists/retry-failed.ts'
import { startList } from '../lists/start-list.ts'
import { chooseMatch } from '../match/choose-match.ts'
import { expandListsOnce } from '../running/worker.ts'
import { createDriver, fileOf } from '../testing/drive-lists.ts'
import { seedHub } from '../testing/seed-hub.ts'

const ctx = await testCtx()
const { readyList, turn, gateOf, eventsOf, settle, expectExactCounts } = createDriver(ctx)

describe('a list', () => {
  it('runs from start to end, its counts exact at each step', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(1_250))
    const started = await startList(ctx, seeded.owner, list.id)
    expect(started).toMatchObject({ state: 'running', counts: { total: 1_250, waiting: 1_250, skipped: 0 } })
    await turn()
    await settle(list, "state = 'accepted', sent_at = now()", "to_phone < '59891000400'")
    await settle(list, 'delivered_at = now()', "to_phone < '59891000300'")
    await settle(list, 'read_at = now()', "to_phone < '59891000200'")
    await settle(list, "state = 'rejected', error_code = '131026'", "to_phone >= '59891001240'")
    const half = await readList(ctx, seeded.owner.workspaceId, list.id)
    expect(half.counts).toEqual({
      total: 1_250,
      waiting: 840,
      sending: 0,
      sent: 400,
      delivered: 300,
      read: 200,
      failed: 10,
      skipped: 0,
      unknown: 0,
    })
    expect(half.failures).toMatchObject([{ code: '131026', count: 10 }])
    await expectExactCounts(seeded, list)
    await turn()
    await expectExactCounts(seeded, list)
    expect((await readList(ctx, seeded.owner.workspaceId, list.id)).rate_per_second).toBeGreaterThan(0)

    await settle(list, "state = 'accepted', sent_at = now()", "state = 'queued'")
    await turn()
    const ended = await readList(ctx, seeded.owner.workspaceId, list.id)
    expect(ended).toMatchObject({ state: 'finished', counts: { sent: 1_240, failed: 10, waiting: 0 } })
    expect(await eventsOf(list)).toEqual(['list.started', 'list.finished'])
    expect(await gateOf(list)).toBeNull()

    const again = await retryFailed(ctx, seeded.owner, list.id)
    expect(again).toMatchObject({ state: 'running', counts: { failed: 0, waiting: 10, total: 1_250 } })
    await expectExactCounts(seeded, list)
  })

  it('sends again to those who failed, and to those of whom WhatsApp wants a day of rest only after it', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(5))
    await startList(ctx, seeded.owner, list.id)
    await turn()
    const failed = (code: string) => `state = 'accepted', failed_at = now(), error_code = '${code}'`
    await settle(list, failed('131049'), "to_phone < '59891000003'")
    await settle(list, failed('131026'), "to_phone >= '59891000003'")
    await turn()
    const again = await retryFailed(ctx, seeded.owner, list.id)
    expect(again.counts).toMatchObject({ failed: 3, waiting: 2 })
    await settle(list, "state = 'accepted', sent_at = now()", "state = 'queued'")
    await turn()
    await expect(retryFailed(ctx, seeded.owner, list.id)).rejects.toThrow('tomorrow')
    await settle(list, "failed_at = now() - interval '25 hours'", 'failed_at is not null')
    const later = await retryFailed(ctx, seeded.owner, list.id)
    expect(later.counts).toMatchObject({ failed: 0, waiting: 3 })
    await expectExactCounts(seeded, list)
  })

  it('tells how many WhatsApp holds for quality assessment, until they are released or fail', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(5))
    await startList(ctx, seeded.owner, list.id)
    await turn()
    await settle(list, "state = 'accepted', error_code = 'held_for_quality_assessment'")
    const read = () => readList(ctx, seeded.owner.workspaceId, list.id)
    expect(await read()).toMatchObject({ held_for_quality_assessment: 5, counts: { sent: 5 }, failures: [] })
    await settle(list, 'sent_at = now()', "to_phone < '59891000002'")
    await settle(list, "failed_at = now(), error_code = '132015'", "to_phone = '59891000002'")
    expect(await read()).toMatchObject({ held_for_quality_assessment: 2, counts: { sent: 4, failed: 1 } })
    await expectExactCounts(seeded, list)
  })

  it('makes one message per recipient, whatever turn is broken off', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(1_500))
    await startList(ctx, seeded.owner, list.id)
    await expandListsOnce(ctx)
    await Promise.all([expandListsOnce(ctx), expandListsOnce(ctx)])
    await turn()
    const { rows } = await sql<{ n: number; recipients: number; sample: unknown }>`
      select count(*) as n, count(distinct recipient_id) as recipients, min(content #>> '{text,body}') as sample
      from messages where list_id = ${list.id}`.execute(ctx.db.worker)
    expect(rows).toEqual([{ n: 1_500, recipients: 1_500, sample: 'Hello Ana, order A-0' }])
  })

  it('T43 started twice at once starts once', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(5))
    const both = await Promise.all([
      startList(ctx, seeded.owner, list.id),
      startList(ctx, seeded.owner, list.id),
    ])
    expect(both.map(({ state }) => state)).toEqual(['running', 'running'])
    expect(await eventsOf(list)).toEqual(['list.started'])
  })

  it('T43 can be neither matched nor corrected after its start', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(5))
    await startList(ctx, seeded.owner, list.id)
    const match = list.match ?? listMatch.parse({})
    await expect(chooseMatch(ctx, seeded.owner, { listId: list.id, match })).rejects.toMatchObject({
      code: 'list_state_wrong',
    })
  })

  it('paused sends nothing, resumed goes on, cancelled takes back the rest', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(1_300))
    await startList(ctx, seeded.owner, list.id)
    await expandListsOnce(ctx)
    expect(await gateOf(list)).toBeInstanceOf(Date)
    expect(await pauseList(ctx, seeded.owner, list.id)).toMatchObject({
      state: 'paused',
      pause_reason: 'person',
    })
    expect(await gateOf(list)).toBeNull()
    await turn()
    expect((await readList(ctx, seeded.owner.workspaceId, list.id)).state).toBe('paused')
    await resumeList(ctx, seeded.owner, list.id)
    expect(await gateOf(list)).toBeInstanceOf(Date)
    await settle(list, "state = 'accepted'", "to_phone = '59891000000'")
    const cancelled = await cancelList(ctx, seeded.owner, list.id)
    expect(cancelled).toMatchObject({ state: 'cancelled', counts: { sent: 1, skipped: 1_299, waiting: 0 } })
    await expectExactCounts(seeded, list)
    expect(await eventsOf(list)).toEqual(['list.started', 'list.paused'])
    await expect(resumeList(ctx, seeded.owner, list.id)).rejects.toMatchObject({ code: 'list_state_wrong' })
  })

  it('leaves out who has opted out, in the preflight and at the start', async () => {
    const seeded = await seedHub(ctx)
    const { workspaceId } = seeded.owner
    await sql`
      insert into contacts (workspace_id, id, phone, opted_out_marketing_at)
      values (${workspaceId}, ${ctx.random.id('ctc')}, '59891000001', now())`.execute(ctx.db.worker)
    const list = await readyList(seeded, `${fileOf(5)}\n12,Ivo,A`)
    expect(await preflightList(ctx, workspaceId, list.id)).toMatchObject({
      total: 6,
      will_send: 4,
      skipped: { opted_out: 1, invalid_phone: 1, duplicate: 0 },
      problems: [],
    })
    await startList(ctx, seeded.owner, list.id)
    await turn()
    expect((await readList(ctx, workspaceId, list.id)).counts).toMatchObject({
      total: 6,
      waiting: 4,
      skipped: 2,
    })
    await expectExactCounts(seeded, list)
  })
})

describe('a contact that is erased', () => {
  it('leaves the counts exact and the list not waiting for it', async () => {
    const seeded = await seedHub(ctx)
    const { workspaceId } = seeded.owner
    const list = await readyList(seeded, fileOf(3))
    await startList(ctx, seeded.owner, list.id)
    await turn()
    await settle(list, "state = 'accepted'", "to_phone <> '59891000001'")
    await ctx.db.inWorkspace(workspaceId, (tx) =>
      sql`delete from contacts where phone <> '59891000000'`.execute(tx),
    )
    await turn()
    expect(await readList(ctx, workspaceId, list.id)).toMatchObject({
      state: 'finished',
      counts: { total: 3, sent: 1, skipped: 2, waiting: 0 },
    })
    await expectExactCounts(seeded, list)
  })
})
