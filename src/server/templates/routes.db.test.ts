import { afterAll, describe, expect, test } from 'vitest'
import { template as templateContract } from '../../contract/index.ts'
import { startEmulator } from '../../emulator/index.ts'
import { type Actor, createHttpApp } from '../platform/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { findTemplate, getTemplate } from './queries.ts'
import { registerTemplateRoutes } from './routes.ts'
import { syncTemplates } from './sync-templates.ts'
import { templateWorld } from './testing/template-world.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 11 })
const base = await testCtx({
  config: { sandboxPort: emulator.port, graphUrl: emulator.url, checkResponses: true },
})
const { ctx, someConnector, approvedOf } = templateWorld(base, emulator.url)
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

describe('the routes of templates', () => {
  async function appFor({ owner }: { owner: Actor }) {
    const app = createHttpApp(ctx, { statusOf: (code) => (code === 'not_found' ? 404 : 422) })
    app.addHook('preHandler', async (request) => {
      request.actor = owner
    })
    registerTemplateRoutes(app, ctx)
    afterAll(() => app.close())
    return async (method: 'GET' | 'POST', url: string) => (await app.inject({ method, url })).json()
  }

  test('sync, list with filters, and show', async () => {
    const made = await someConnector((await seedWorkspace(ctx)).owner)
    const call = await appFor(made)
    const synced = await call('POST', `/connectors/${made.connectorId}/sync-templates`)
    expect(synced.found).toBeGreaterThan(3)
    const all = await call('GET', '/templates?limit=200')
    expect(all.data).toHaveLength(synced.found)
    const [first] = all.data
    expect(templateContract.parse(first)).toEqual(first)
    expect(await call('GET', `/templates/${first.id}`)).toEqual(first)
    const rejected = await call('GET', '/templates?status=REJECTED')
    expect(rejected.data.every(({ status }: { status: string }) => status === 'REJECTED')).toBe(true)
    const found = await call(
      'GET',
      `/templates?search=${first.name.toUpperCase()}&connector_id=${made.connectorId}`,
    )
    expect(found.data.map(({ id }: { id: string }) => id)).toContain(first.id)
    expect((await call('GET', '/templates?search=%25')).data).toEqual([])
    const page = await call('GET', '/templates?limit=2')
    const next = await call('GET', `/templates?limit=2&cursor=${page.next_cursor}`)
    expect([...page.data, ...next.data]).toEqual(all.data.slice(0, 4))
  })

  test('another workspace sees none of them', async () => {
    const made = await someConnector((await seedWorkspace(ctx)).owner)
    await syncTemplates(ctx, made.workspaceId, made.connectorId)
    const row = await approvedOf(made.workspaceId)
    const call = await appFor(await seedWorkspace(ctx))
    expect((await call('GET', '/templates')).data).toEqual([])
    expect(await call('GET', `/templates/${row.id}`)).toMatchObject({ error: { code: 'not_found' } })
    const sync = await call('POST', `/connectors/${made.connectorId}/sync-templates`)
    expect(sync).toMatchObject({ error: { code: 'not_found' } })
  })

  test('the door finds templates by id and by name', async () => {
    const { workspaceId, connectorId } = await someConnector((await seedWorkspace(ctx)).owner)
    await syncTemplates(ctx, workspaceId, connectorId)
    const row = await approvedOf(workspaceId)
    const byName = (connector: string, name: string) =>
      ctx.db.inWorkspace(workspaceId, (tx) =>
        findTemplate(tx, workspaceId, connector, { name, language: row.language }),
      )
    expect(await byName(connectorId, row.name)).toMatchObject({ id: row.id })
    expect(await byName(connectorId, 'nothing')).toBeNull()
    expect(await ctx.db.inWorkspace(workspaceId, (tx) => getTemplate(tx, workspaceId, row.id))).toMatchObject(
      { id: row.id },
    )
  })
})
