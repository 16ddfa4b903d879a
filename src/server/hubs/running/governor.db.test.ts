import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { heldClock, testCtx } from '../../platform/testing/index.ts'
import { cancelList } from '../lists/cancel-list.ts'
import { readList } from '../lists/read-list.ts'
import { resumeList } from '../lists/resume-list.ts'
import { startList } from '../lists/start-list.ts'
import { updateList } from '../lists/update-list.ts'
import { createDriver, fileOf } from '../testing/drive-lists.ts'
import { seedHub } from '../testing/seed-hub.ts'

const ctx = await testCtx({ clock: heldClock(new Date()) })
const { readyList, turn, gateOf, eventsOf, settle } = createDriver(ctx)

async function running(rows = 3) {
  const seeded = await seedHub(ctx)
  const list = await readyList(seeded, fileOf(rows))
  await startList(ctx, seeded.owner, list.id)
  await turn()
  const run = (statement: ReturnType<typeof sql>) => statement.execute(ctx.db.worker)
  return {
    ...seeded,
    list,
    read: () => readList(ctx, seeded.owner.workspaceId, list.id),
    bell: async () => {
      const { rows } = await sql<{ kind: string; params: Record<string, unknown> }>`
        select kind, params from notices where subject_id = ${list.id} and resolved_at is null`.execute(
        ctx.db.worker,
      )
      return rows
    },
    allowResume: () => updateList(ctx, seeded.owner, { listId: list.id, changes: { auto_resume: true } }),
    setTemplate: (status: string) =>
      run(sql`update templates set status = ${status} where id = ${seeded.templateId}`),
    setQuality: (rating: string) =>
      run(sql`update numbers set quality_rating = ${rating} where id = ${seeded.numberId}`),
    restrict: (kind: string, seconds: number | null) =>
      run(sql`
        insert into account_restrictions (workspace_id, connector_id, kind, until, told_at)
        select workspace_id, connector_id, ${kind}, now() + make_interval(secs => ${seconds}), now()
        from numbers where id = ${seeded.numberId}
        on conflict (workspace_id, connector_id, kind) do update set until = excluded.until`),
  }
}

describe('the governor', () => {
  it.each(['PAUSED', 'DISABLED', 'REJECTED'])(
    'pauses a list whose template is %s, and says why',
    async (status) => {
      const it = await running()
      await it.setTemplate(status)
      await turn()
      const list = await it.read()
      expect(list).toMatchObject({ state: 'paused', pause_reason: `template_${status.toLowerCase()}` })
      expect(list.pause_explanation).toContain('template')
      expect(await gateOf(it.list)).toBeNull()
      expect(await eventsOf(it.list)).toContain('list.paused')
    },
  )

  it('resumes where the cause has ended and the owner allowed it, not elsewhere', async () => {
    const allowed = await running()
    const asking = await running()
    await allowed.allowResume()
    for (const it of [allowed, asking]) await it.setQuality('RED')
    await turn()
    expect((await allowed.read()).pause_reason).toBe('number_quality_red')
    for (const it of [allowed, asking]) await it.setQuality('GREEN')
    await turn()
    expect(await allowed.read()).toMatchObject({ state: 'running', pause_reason: null })
    expect(await gateOf(allowed.list)).toBeInstanceOf(Date)
    expect((await asking.read()).state).toBe('paused')
  })

  it('lets a person go on in spite of a cause, until that ends and comes again', async () => {
    const it = await running()
    await it.setQuality('RED')
    await turn()
    await resumeList(ctx, it.owner, it.list.id)
    await turn()
    expect((await it.read()).state).toBe('running')
    await it.setQuality('YELLOW')
    await turn()
    await it.setQuality('RED')
    await turn()
    expect((await it.read()).state).toBe('paused')
  })

  it('puts a pause into the bell until somebody resumes the list, or it ends by itself', async () => {
    const [byHand, byItself, cancelled] = [await running(), await running(), await running()]
    await byItself.allowResume()
    for (const it of [byHand, byItself, cancelled]) await it.setQuality('RED')
    await turn()
    for (const it of [byHand, byItself, cancelled])
      expect(await it.bell()).toMatchObject([
        { kind: 'list_paused', params: { reason: 'number_quality_red' } },
      ])
    await resumeList(ctx, byHand.owner, byHand.list.id)
    await cancelList(ctx, cancelled.owner, cancelled.list.id)
    await byItself.setQuality('GREEN')
    await turn()
    for (const it of [byHand, byItself, cancelled]) expect(await it.bell()).toEqual([])
  })

  it('waits for the end of a restriction', async () => {
    const it = await running()
    await it.allowResume()
    await it.restrict('restricted', 3_600)
    await turn()
    const paused = await it.read()
    expect(paused).toMatchObject({ state: 'paused', pause_reason: 'account_restricted' })
    expect(Date.parse(paused.resumes_at ?? '')).toBeGreaterThan(Date.now() + 3_000_000)
    await it.restrict('restricted', -1)
    await turn()
    expect((await it.read()).state).toBe('running')
  })

  it('waits for an account that is disabled without an end', async () => {
    const it = await running()
    await it.restrict('disabled', null)
    await turn()
    expect(await it.read()).toMatchObject({ pause_reason: 'account_disabled', resumes_at: null })
  })

  it('pauses when a fifth of fifty results fail for a common cause', async () => {
    const it = await running(60)
    const first = (n: number) =>
      `id in (select id from messages where state = 'queued' and list_id = '${it.list.id}' order by id limit ${n})`
    await settle(it.list, `state = 'accepted'`, first(40))
    await settle(it.list, `state = 'rejected', error_code = '131042'`, first(9))
    await turn()
    expect((await it.read()).state).toBe('running')
    await settle(it.list, `state = 'rejected', error_code = '131042'`, first(2))
    await turn()
    expect(await it.read()).toMatchObject({ state: 'paused', pause_reason: 'error_spike' })
    await resumeList(ctx, it.owner, it.list.id)
    await turn()
    expect((await it.read()).state).toBe('running')
  })

  it.each(['190', '294', '131037', 'gupshup.1003', 'gupshup.4005'])(
    'pauses when all of ten results fail with %s, which every later one would',
    async (code) => {
      const it = await running(20)
      const first = (n: number) =>
        `id in (select id from messages where state = 'queued' and list_id = '${it.list.id}' order by id limit ${n})`
      await settle(it.list, `state = 'rejected', error_code = '${code}'`, first(9))
      await turn()
      expect((await it.read()).state).toBe('running')
      await settle(it.list, `state = 'rejected', error_code = '${code}'`, first(1))
      await turn()
      expect(await it.read()).toMatchObject({ state: 'paused', pause_reason: 'error_spike' })
    },
  )

  it('does not mind failures that concern single people', async () => {
    const it = await running(60)
    await settle(it.list, `state = 'rejected', error_code = '131026'`, 'true')
    await turn()
    expect((await it.read()).state).toBe('finished')
  })
})

describe('a list beyond the daily limit', () => {
  it('waits at its gate with the time of the next place, and goes on when the tier rises', async () => {
    const it = await running()
    const { workspaceId } = it.owner
    const db = ctx.db.worker
    await sql`update numbers set messaging_limit = 'TIER_50' where id = ${it.numberId}`.execute(db)
    await sql`
      insert into portfolio_recipients (portfolio, person, reserved_at)
      select portfolio_of(${workspaceId}, ${it.numberId}), n::text, now() - interval '1 hour'
      from generate_series(1, 50) n`.execute(db)
    await sql`
      insert into portfolio_usage (portfolio, used)
      values (portfolio_of(${workspaceId}, ${it.numberId}), 50)`.execute(db)
    await turn()
    const waiting = await it.read()
    expect(waiting).toMatchObject({ state: 'running', waiting_for: { reason: 'daily_limit' } })
    expect(Date.parse(waiting.waiting_for?.until ?? '') - Date.now()).toBeGreaterThan(22 * 3_600_000)
    expect(await gateOf(it.list)).toBeNull()
    await sql`update numbers set messaging_limit = 'TIER_250' where id = ${it.numberId}`.execute(db)
    await turn()
    expect((await it.read()).waiting_for).toBeNull()
    expect(await gateOf(it.list)).toBeInstanceOf(Date)
  })
})

describe('a finished list', () => {
  it('runs again while a message of it was queued anew', async () => {
    const it = await running()
    await settle(it.list, `state = 'accepted'`)
    await turn()
    expect((await it.read()).state).toBe('finished')
    await settle(
      it.list,
      `state = 'queued'`,
      `id = (select min(id) from messages where list_id = '${it.list.id}')`,
    )
    await turn()
    expect((await it.read()).state).toBe('running')
    await settle(it.list, `state = 'accepted'`)
    await turn()
    expect((await it.read()).state).toBe('finished')
  })
})
