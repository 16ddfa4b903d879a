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
    return { workspaceId, connectorId, row, common, at, status, apply, now }
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

  test('a late one does not undo a newer one', async () => {
    const { status, apply, now } = await reviewed()
    expect(await apply(status('PAUSED', 5))).toBe('applied')
    expect(await apply(status('PENDING', 4))).toBe('repeat')
    expect(await now()).toMatchObject({ status: 'PAUSED' })
  })

  test('a word that is no state is kept', async () => {
    const { status, apply, now } = await reviewed()
    expect(await apply(status('FLAGGED', 1))).toBe('kept')
    expect(await now()).toMatchObject({ status: 'APPROVED' })
  })

  test('of a template unknown here is kept', async () => {
    const { status, apply } = await reviewed()
    expect(await apply(status('APPROVED', 1, { external_id: '42', name: 'made_elsewhere' }))).toBe('kept')
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
