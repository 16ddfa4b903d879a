import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { WeeklySchedule } from '../../../contract/index.ts'
import { heldClock, testCtx } from '../../platform/testing/index.ts'
import { updateHub } from '../hub/update-hub.ts'
import { preflightList } from '../lists/preflight-list.ts'
import { readList } from '../lists/read-list.ts'
import { resumeList } from '../lists/resume-list.ts'
import { startList } from '../lists/start-list.ts'
import { createDriver, fileOf } from '../testing/drive-lists.ts'
import { seedHub } from '../testing/seed-hub.ts'

const clock = heldClock(new Date())
const ctx = await testCtx({ clock })
const { readyList, turn, gateOf, makeDue } = createDriver(ctx)

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
    const { rows } = await sql<{ kind: string }>`
      select kind from notices where subject_id = ${list.id} and resolved_at is null`.execute(ctx.db.worker)
    expect(rows).toEqual([{ kind: 'list_start_missed' }])
    expect(await resumeList(ctx, seeded.owner, list.id)).toMatchObject({ state: 'running' })
  })
})

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

  it('is open while the provider lets the number wait, and the list says so', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(3))
    await startList(ctx, seeded.owner, list.id)
    await turn()
    await sql`
      insert into slow_downs (workspace_id, number_id, reason, since, until)
      select workspace_id, number_id, 'asked_to_wait', now(), now() + interval '1 minute' from lists
      where id = ${list.id}`.execute(ctx.db.worker)
    const { waiting_for } = await readList(ctx, seeded.owner.workspaceId, list.id)
    expect(waiting_for).toEqual({ reason: 'provider_asked_to_wait', until: expect.any(String) })
    expect(await gateOf(list)).toBeInstanceOf(Date)
  })

  it('is open for an hour at most', async () => {
    const seeded = await seedHub(ctx)
    const list = await readyList(seeded, fileOf(3))
    await startList(ctx, seeded.owner, list.id)
    const until = await gateOf(list)
    expect((until?.getTime() ?? 0) - clock.now().getTime()).toBeLessThanOrEqual(3_600_000)
  })
})
