import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { disconnectConnector, openConnection } from '../connectors/index.ts'
import { ParleyError } from '../platform/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { syncTemplates } from './sync-templates.ts'
import { templateWorld } from './testing/template-world.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 11 })
const base = await testCtx({ config: { sandboxPort: emulator.port, graphUrl: emulator.url } })
const { ctx, control, someConnector, connectorWith, rowsOf, approvedOf, eventsOf } = templateWorld(
  base,
  emulator.url,
)
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

describe('a sync', () => {
  test('takes over all templates, over all pages, and a second one changes nothing', async () => {
    const { workspaceId, connectorId } = await someConnector((await seedWorkspace(ctx)).owner)
    const connection = await openConnection(ctx, workspaceId, connectorId)
    const listed = []
    for await (const page of ctx.providers.channel.listTemplates(connection))
      listed.push(...(page.ok ? page.value : []))
    const first = await syncTemplates(ctx, workspaceId, connectorId)
    expect(first).toEqual({ found: listed.length, changed: listed.length, gone: 0 })
    const before = await rowsOf(workspaceId)
    expect(before).toHaveLength(listed.length)
    expect(await syncTemplates(ctx, workspaceId, connectorId)).toEqual({
      found: listed.length,
      changed: 0,
      gone: 0,
    })
    expect(await rowsOf(workspaceId)).toEqual(before)
    expect(await eventsOf(workspaceId)).toEqual([])
  })

  test('reads more than one page', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { workspaceId, connectorId } = await connectorWith(owner, 250)
    const result = await syncTemplates(ctx, workspaceId, connectorId)
    expect(result).toMatchObject({ found: 250, changed: 250 })
  })

  test('takes over changes and tells of them, under the same id', async () => {
    const { workspaceId, connectorId } = await someConnector((await seedWorkspace(ctx)).owner)
    await syncTemplates(ctx, workspaceId, connectorId)
    const row = await approvedOf(workspaceId)
    await control('PATCH', `/templates/${row.external_id}`, { status: 'PAUSED' })
    expect(await syncTemplates(ctx, workspaceId, connectorId)).toMatchObject({ changed: 1, gone: 0 })
    const after = (await rowsOf(workspaceId)).find(({ id }) => id === row.id)
    expect(after).toMatchObject({ name: row.name, status: 'PAUSED' })
    expect(await eventsOf(workspaceId)).toMatchObject([
      {
        type: 'template.status_updated',
        data: { template_id: row.id, previous_status: 'APPROVED', status: 'PAUSED' },
      },
    ])
  })

  test('marks those that are gone, and takes them up again when they come back', async () => {
    const { workspaceId, connectorId } = await someConnector((await seedWorkspace(ctx)).owner)
    await syncTemplates(ctx, workspaceId, connectorId)
    await sql`insert into templates (workspace_id, id, connector_id, external_id, name, language, category, status, components, updated_at)
      values (${workspaceId}, parley_id('tpl'), ${connectorId}, '1', 'long_gone', 'en_US', 'UTILITY', 'APPROVED', '[]', now() - interval '1 hour'),
             (${workspaceId}, parley_id('tpl'), ${connectorId}, null, 'my_draft', 'en_US', 'UTILITY', 'DRAFT', '[]', now() - interval '1 hour')`.execute(
      ctx.db.worker,
    )
    expect(await syncTemplates(ctx, workspaceId, connectorId)).toMatchObject({ gone: 1 })
    const rows = await rowsOf(workspaceId)
    expect(rows.find(({ name }) => name === 'long_gone')).toMatchObject({ status: 'DELETED' })
    expect(rows.find(({ name }) => name === 'my_draft')).toMatchObject({ status: 'DRAFT' })
    expect(await syncTemplates(ctx, workspaceId, connectorId)).toMatchObject({ gone: 0, changed: 0 })
  })

  test('changes nothing when the provider does not answer to the end', async () => {
    const { workspaceId, connectorId } = await someConnector((await seedWorkspace(ctx)).owner)
    await syncTemplates(ctx, workspaceId, connectorId)
    const before = await rowsOf(workspaceId)
    const channel = {
      ...ctx.providers.channel,
      async *listTemplates() {
        yield { ok: true as const, value: [] }
        yield { ok: false as const, error: { code: 'unreachable', title: 'No answer', detail: null } }
      },
    }
    const lost: ServerCtx = { ...ctx, providers: { ...ctx.providers, channel } }
    await expect(syncTemplates(lost, workspaceId, connectorId)).rejects.toMatchObject({
      code: 'provider_unreachable',
    })
    expect(await rowsOf(workspaceId)).toEqual(before)
  })

  test('is refused for a connector that is disconnected, or of another workspace', async () => {
    const { owner, workspaceId, connectorId } = await someConnector((await seedWorkspace(ctx)).owner)
    const other = await seedWorkspace(ctx)
    await expect(syncTemplates(ctx, other.workspaceId, connectorId)).rejects.toBeInstanceOf(ParleyError)
    await disconnectConnector(ctx, owner, connectorId)
    await expect(syncTemplates(ctx, workspaceId, connectorId)).rejects.toMatchObject({
      code: 'connector_disconnected',
    })
  })
})
