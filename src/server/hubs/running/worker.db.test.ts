import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import {
  type List,
  listMatch,
  recipientId,
  updateHub as updateHubBody,
  type WeeklySchedule,
} from '../../../contract/index.ts'
import { heldClock, testCtx } from '../../platform/testing/index.ts'
import { deleteHub } from '../hub/delete-hub.ts'
import { updateHub } from '../hub/update-hub.ts'
import { cancelList } from '../lists/cancel-list.ts'
import { recountList, selectCounts } from '../lists/count-queries.ts'
import { pauseList } from '../lists/pause-list.ts'
import { preflightList } from '../lists/preflight-list.ts'
import { readList } from '../lists/read-list.ts'
import { resumeList } from '../lists/resume-list.ts'
import { retryFailed } from '../lists/retry-failed.ts'
import { startList } from '../lists/start-list.ts'
import { chooseMatch } from '../match/choose-match.ts'
import { correctRecipient } from '../recipients/correct-recipient.ts'
import { selectRecipients } from '../recipients/read-queries.ts'
import { type SeededHub, seedHub, uploadList } from '../testing/seed-hub.ts'
import { createRateMeter } from './measure-rates.ts'
import { expandListsOnce, keepListsOnce } from './worker.ts'

const clock = heldClock(new Date())
const ctx = await testCtx({ clock })
const kept = { gates: new Map(), meter: createRateMeter() }

function fileOf(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => `${59891000000 + i},Ana,A-${i}`)
  return ['phone,name,order', ...lines].join('\n')
}

async function readyList(seeded: SeededHub, file: string, starts_at: string | null = null): Promise<List> {
  const { id } = await uploadList(ctx, seeded, file)
  const variables = { 1: { column: 'name' }, 2: { column: 'order' } }
  const match = listMatch.parse({ phone: 'phone', variables, starts_at })
  return chooseMatch(ctx, seeded.owner, { listId: id, match })
}

async function turn(): Promise<void> {
  await keepListsOnce(ctx, kept)
  while (await expandListsOnce(ctx));
  await keepListsOnce(ctx, kept)
}

async function gateOf({ id }: List): Promise<Date | null | undefined> {
  const { rows } = await sql<{ sends_until: Date | null }>`
    select sends_until from list_gates where list_id = ${id}`.execute(ctx.db.worker)
  return rows[0]?.sends_until
}

async function eventsOf({ id }: List): Promise<string[]> {
  const { rows } = await sql<{ type: string }>`
    select type from events where list_id = ${id} order by seq`.execute(ctx.db.worker)
  return rows.map((row) => row.type)
}

/** What lanes and webhooks would do. */
async function settle({ id }: List, set: string, where = 'true'): Promise<void> {
  await sql`update messages set ${sql.raw(set)} where list_id = ${id} and ${sql.raw(where)}`.execute(
    ctx.db.worker,
  )
}

async function expectExactCounts(seeded: SeededHub, { id }: List): Promise<void> {
  const { workspaceId } = seeded.owner
  const sorted = (rows: { bucket: string; reason: string; n: number }[]) =>
    rows.map((row) => `${row.bucket}/${row.reason}: ${row.n}`).sort()
  const kept = await selectCounts(ctx.db.worker, workspaceId, [id])
  expect(sorted(kept)).toEqual(sorted(await recountList(ctx.db.worker, workspaceId, id)))
}

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

  it('started twice at once starts once', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(5))
    const both = await Promise.all([
      startList(ctx, seeded.owner, list.id),
      startList(ctx, seeded.owner, list.id),
    ])
    expect(both.map(({ state }) => state)).toEqual(['running', 'running'])
    expect(await eventsOf(list)).toEqual(['list.started'])
  })

  it('can be neither matched nor corrected after its start', async () => {
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

describe('a start', () => {
  it('is refused while something stands in its way, which preflight has named', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(3))
    await updateHub(ctx, seeded.owner, { id: seeded.hub.id, changes: { enabled: false } })
    await sql`update templates set status = 'PAUSED' where id = ${seeded.templateId}`.execute(ctx.db.worker)
    const { problems } = await preflightList(ctx, seeded.owner.workspaceId, list.id)
    expect(problems.map(({ code }) => code)).toEqual(['template_not_approved', 'hub_disabled'])
    await expect(startList(ctx, seeded.owner, list.id)).rejects.toMatchObject({
      code: 'template_not_approved',
    })
  })

  it('waits for its time', async () => {
    const seeded = await seedHub(ctx)
    const at = new Date(clock.now().getTime() + 3_600_000)
    const list = await readyList(seeded, fileOf(3), at.toISOString())
    expect(await startList(ctx, seeded.owner, list.id)).toMatchObject({ state: 'scheduled' })
    await turn()
    expect((await readList(ctx, seeded.owner.workspaceId, list.id)).state).toBe('scheduled')
    await makeDue(list, 60)
    await turn()
    expect((await readList(ctx, seeded.owner.workspaceId, list.id)).state).toBe('running')
  })

  it('missed by more than an hour asks instead of firing', async () => {
    const seeded = await seedHub(ctx)
    const at = new Date(clock.now().getTime() + 3_600_000)
    const list = await readyList(seeded, fileOf(3), at.toISOString())
    await startList(ctx, seeded.owner, list.id)
    await makeDue(list, 2 * 3_600)
    await turn()
    expect(await readList(ctx, seeded.owner.workspaceId, list.id)).toMatchObject({
      state: 'paused',
      pause_reason: 'missed_start',
    })
    expect(await resumeList(ctx, seeded.owner, list.id)).toMatchObject({ state: 'running' })
  })
})

async function makeDue({ id }: List, secondsAgo: number): Promise<void> {
  await sql`
    update lists set starts_at = now() - make_interval(secs => ${secondsAgo}) where id = ${id}`.execute(
    ctx.db.worker,
  )
}

describe('the gate', () => {
  const shut: WeeklySchedule = { mon: [['00:00', '00:01']] }

  it('is shut outside the schedule, and the list says what it waits for', async () => {
    const seeded = await seedHub(ctx, { schedule: shut })
    const list = await readyList(seeded, fileOf(3))
    const started = await startList(ctx, seeded.owner, list.id)
    expect(started.waiting_for).toMatchObject({ reason: 'outside_schedule', until: expect.any(String) })
    expect(await gateOf(list)).toBeNull()
  })

  it('follows the hub within a turn', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(3))
    await startList(ctx, seeded.owner, list.id)
    await turn()
    await updateHub(ctx, seeded.owner, { id: seeded.hub.id, changes: { enabled: false } })
    await turn()
    expect(await gateOf(list)).toBeNull()
    const waiting = await readList(ctx, seeded.owner.workspaceId, list.id)
    expect(waiting.waiting_for).toEqual({ reason: 'hub_disabled', until: null })
    await updateHub(ctx, seeded.owner, { id: seeded.hub.id, changes: { enabled: true } })
    await turn()
    expect(await gateOf(list)).toBeInstanceOf(Date)
    expect((await readList(ctx, seeded.owner.workspaceId, list.id)).waiting_for).toBeNull()
  })

  it('is open for an hour at most', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(3))
    await startList(ctx, seeded.owner, list.id)
    const until = await gateOf(list)
    expect((until?.getTime() ?? 0) - clock.now().getTime()).toBeLessThanOrEqual(3_600_000)
  })
})

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

describe('a row', () => {
  it('that is corrected is judged anew, and gives its old phone to the next', async () => {
    const seeded = await seedHub(ctx)
    const { workspaceId } = seeded.owner
    const list = await readyList(seeded, 'phone,name,order\n59891000001,Ana,1\n59891000001,Eva,2\n12,Ivo,3\n')
    const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
      selectRecipients(tx, workspaceId, {
        listId: list.id,
        after: null,
        limit: 10,
        state: null,
        reason: null,
        search: null,
      }),
    )
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
