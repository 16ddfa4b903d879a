import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import type { TemplateFact } from '../providers/index.ts'
import { applyReview } from './apply-review.ts'
import { syncTemplates } from './sync-templates.ts'
import { templateWorld } from './testing/template-world.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 11 })
const base = await testCtx({ config: { sandboxPort: emulator.port, graphUrl: emulator.url } })
const { ctx, someConnector, rowsOf, approvedOf, eventsOf } = templateWorld(base, emulator.url)
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

describe('a review that comes in', () => {
  async function reviewed() {
    const { workspaceId, connectorId } = await someConnector((await seedWorkspace(ctx)).owner)
    await syncTemplates(ctx, workspaceId, connectorId)
    const row = await approvedOf(workspaceId)
    const { external_id, name, language } = row
    const common = {
      kind: 'template' as const,
      waba_id: null,
      phone_number_id: null,
      external_id,
      name,
      language,
    }
    const at = (minute: number) => new Date(Date.UTC(2025, 10, 3, 10, minute))
    const status = (event: string, minute: number, more: object = {}): TemplateFact => ({
      ...common,
      change: 'status',
      event,
      reason: null,
      detail: null,
      category: null,
      at: at(minute),
      ...more,
    })
    const apply = (fact: TemplateFact) => applyReview(ctx, workspaceId, connectorId, fact)
    const now = async () => (await rowsOf(workspaceId)).find(({ id }) => id === row.id)
    const history = async () =>
      (
        await sql<Record<string, unknown>>`
          select * from template_changes where template_id = ${row.id} order by id`.execute(ctx.db.worker)
      ).rows
    const bell = async () => {
      const open = sql<{ kind: string }>`
        select kind from notices where subject_id = ${row.id} and resolved_at is null order by kind`
      return (await open.execute(ctx.db.worker)).rows.map(({ kind }) => kind)
    }
    return { workspaceId, connectorId, row, common, at, status, apply, now, history, bell }
  }

  test('changes the row and tells of it, once', async () => {
    const { workspaceId, row, status, apply, now } = await reviewed()
    const paused = status('PAUSED', 1)
    expect(await apply(paused)).toBe('applied')
    expect(await apply(paused)).toBe('repeat')
    expect(await now()).toMatchObject({ status: 'PAUSED' })
    expect(await eventsOf(workspaceId)).toMatchObject([
      {
        type: 'template.status_updated',
        data: {
          event: 'template.status_updated',
          template_name: row.name,
          status: 'PAUSED',
          timestamp: '2025-11-03T10:01:00Z',
        },
      },
    ])
  })

  test('all of them again, in any order, change nothing more', async () => {
    const { workspaceId, status, apply, now, common, at } = await reviewed()
    const facts: TemplateFact[] = [
      status('PAUSED', 1),
      status('REINSTATED', 1),
      status('REJECTED', 3, { reason: 'SCAM' }),
      {
        ...common,
        change: 'category',
        step: 'announced',
        from: 'UTILITY',
        to: 'MARKETING',
        takes_effect_at: at(9),
        at: at(2),
      },
      {
        ...common,
        change: 'category',
        step: 'done',
        from: 'UTILITY',
        to: 'AUTHENTICATION',
        takes_effect_at: null,
        at: at(4),
      },
      { ...common, change: 'quality', from: 'GREEN', to: 'RED', at: at(5) },
    ]
    for (const fact of facts) await apply(fact)
    const [row, events] = [await now(), await eventsOf(workspaceId)]
    expect(row).toMatchObject({
      status: 'REJECTED',
      rejected_reason: 'SCAM',
      category: 'AUTHENTICATION',
      quality: 'RED',
    })
    for (const fact of [...facts, ...facts.toReversed()]) expect(await apply(fact)).toBe('repeat')
    expect(await now()).toEqual(row)
    expect(await eventsOf(workspaceId)).toEqual(events)
  })

  test('a late one does not undo a newer one, and stands in the history', async () => {
    const { status, apply, now, history } = await reviewed()
    expect(await apply(status('PAUSED', 5))).toBe('applied')
    expect(await apply(status('PENDING', 4))).toBe('applied')
    expect(await apply(status('PENDING', 4))).toBe('repeat')
    expect(await now()).toMatchObject({ status: 'PAUSED' })
    expect(await history()).toMatchObject([{ value: 'PAUSED' }, { topic: 'status', value: 'PENDING' }])
  })

  test('a word that is no state stands in the history and in the bell', async () => {
    const { workspaceId, row, status, apply, now, history, bell } = await reviewed()
    expect(await apply(status('FLAGGED', 1))).toBe('applied')
    expect(await apply(status('FLAGGED', 1))).toBe('repeat')
    expect(await now()).toMatchObject({ status: 'APPROVED' })
    expect(await history()).toMatchObject([{ topic: 'status', step: 'word', value: 'FLAGGED' }])
    expect(await bell()).toEqual(['template_flagged'])
    expect(await eventsOf(workspaceId)).toEqual([])
    expect(row.status).toBe('APPROVED')
  })

  test('of a category is taken in both its steps: announced, then done', async () => {
    const { workspaceId, common, at, apply, now, history, bell, row } = await reviewed()
    const to = row.category === 'MARKETING' ? 'UTILITY' : 'MARKETING'
    const step = { ...common, change: 'category', from: row.category, to } as const
    await apply({ ...step, step: 'announced', takes_effect_at: at(59), at: at(1) })
    expect(await now()).toMatchObject({
      category: row.category,
      coming_category: to,
      coming_category_at: at(59),
    })
    expect(await bell()).toEqual(['template_category_coming'])
    await apply({ ...step, step: 'done', takes_effect_at: null, at: at(2) })
    expect(await now()).toMatchObject({ category: to, coming_category: null, coming_category_at: null })
    expect(await bell()).toEqual(['template_category_changed'])
    expect(await history()).toMatchObject([
      { topic: 'category', step: 'announced', previous: row.category, value: to, takes_effect_at: at(59) },
      { topic: 'category', step: 'done', previous: row.category, value: to },
    ])
    expect((await eventsOf(workspaceId)).map(({ data }) => data)).toMatchObject([
      { category: row.category, correct_category: to, takes_effect_at: at(59).toISOString() },
      { previous_category: row.category, category: to },
    ])
  })

  test('of a pause says until when, and the approval after it clears the bell', async () => {
    const { workspaceId, status, apply, history, bell } = await reviewed()
    await apply(status('PAUSED', 1, { detail: 'Paused for 3 hours.' }))
    expect(await bell()).toEqual(['template_paused'])
    expect(await history()).toMatchObject([{ value: 'PAUSED', reason: 'Paused for 3 hours.' }])
    expect(await eventsOf(workspaceId)).toMatchObject([{ data: { reason: 'Paused for 3 hours.' } }])
    await apply(status('REINSTATED', 2))
    expect(await bell()).toEqual(['template_approved'])
  })

  test('of a template unknown here starts a sync', async () => {
    const { status, apply, connectorId } = await reviewed()
    const added: unknown[] = []
    const add = ctx.jobs.add
    ctx.jobs.add = async (name, data) => {
      added.push([name, data.connector_id])
    }
    try {
      expect(await apply(status('APPROVED', 1, { external_id: '42', name: 'made_elsewhere' }))).toBe('kept')
    } finally {
      ctx.jobs.add = add
    }
    expect(added).toEqual([['templates.sync', connectorId]])
  })

  test('of a former template does not touch the new one of the same name', async () => {
    const { status, apply, now } = await reviewed()
    expect(await apply(status('DELETED', 1, { external_id: '42' }))).toBe('kept')
    expect(await now()).toMatchObject({ status: 'APPROVED' })
  })

  test('reaches the same template of another connector of the account', async () => {
    const { workspaceId, connectorId, row, status, apply } = await reviewed()
    await sql`
      with con as (
        insert into connectors (workspace_id, id, provider, name, key, credentials_sealed)
        select workspace_id, parley_id('con'), provider, 'Second', 'second', credentials_sealed
        from connectors where id = ${connectorId}
        returning id
      )
      insert into templates (workspace_id, id, connector_id, external_id, name, language, category, status, components)
      select workspace_id, parley_id('tpl'), con.id, external_id, name, language, category, status, components
      from templates, con where templates.id = ${row.id}`.execute(ctx.db.worker)
    expect(await apply(status('DISABLED', 1))).toBe('applied')
    const same = (await rowsOf(workspaceId)).filter(({ external_id }) => external_id === row.external_id)
    expect(same.map((each) => each.status)).toEqual(['DISABLED', 'DISABLED'])
  })

  test('touches no template of another workspace', async () => {
    const { status, workspaceId, row } = await reviewed()
    const other = await someConnector((await seedWorkspace(ctx)).owner)
    const outcome = await applyReview(ctx, other.workspaceId, other.connectorId, status('DISABLED', 1))
    expect(outcome).toBe('kept')
    expect((await rowsOf(workspaceId)).find(({ id }) => id === row.id)).toMatchObject({ status: 'APPROVED' })
  })
})
