import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ConnectorId, createTemplate as createTemplateBody } from '../../contract/index.ts'
import { startEmulator } from '../../emulator/index.ts'
import { createConnector } from '../connectors/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createTemplate } from './create-template.ts'
import { submitTemplate } from './submit-template.ts'
import { syncTemplates } from './sync-templates.ts'
import { templateWorld } from './testing/template-world.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 11 })
const base = await testCtx({
  config: { sandboxPort: emulator.port, graphUrl: emulator.url, gupshupUrl: emulator.url },
})
const { ctx, control, someConnector, eventsOf } = templateWorld(base, emulator.url)
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

const body = { type: 'BODY', text: 'Hi {{1}}, it is ready.', example: { body_text: [['Ana']] } }
const draftOf = (connector_id: ConnectorId, more: object = {}) =>
  createTemplateBody.parse({
    connector_id,
    name: 'order_ready',
    language: 'en_US',
    category: 'UTILITY',
    components: [body],
    ...more,
  })

async function gupshupConnector() {
  const { owner } = await seedWorkspace(ctx)
  const made = await control('POST', '/gupshup/apps', {})
  const app = z
    .object({ app_id: z.string(), app_name: z.string(), api_key: z.string(), source: z.string() })
    .parse(made)
  const { app_id, app_name, api_key, source } = app
  const fields = { app_id, app_name, api_key, source }
  const { id } = await createConnector(ctx, owner, { provider: 'gupshup', name: 'Line', ...fields })
  return { owner, workspaceId: owner.workspaceId, connectorId: id }
}

describe.each([
  ['Meta', async () => someConnector((await seedWorkspace(ctx)).owner)],
  ['Gupshup', gupshupConnector],
])('a template of ours at %s', (_, connect) => {
  test('is drafted, submitted once, and found again by the next sync', async () => {
    const { owner, workspaceId, connectorId } = await connect()
    const draft = await createTemplate(ctx, owner, draftOf(connectorId))
    expect(draft).toMatchObject({ status: 'DRAFT', external_id: null })
    const submitted = await submitTemplate(ctx, owner, draft.id)
    expect(submitted.external_id).not.toBeNull()
    expect(submitted.status).toBe('PENDING')
    await expect(submitTemplate(ctx, owner, draft.id)).rejects.toMatchObject({ code: 'conflict' })
    await syncTemplates(ctx, workspaceId, connectorId)
    const { rows } = await sql<{ id: string }>`
      select id from templates where workspace_id = ${workspaceId} and name = 'order_ready'`.execute(
      ctx.db.worker,
    )
    expect(rows).toEqual([{ id: draft.id }])
    const [first] = await eventsOf(workspaceId)
    expect(first).toMatchObject({ data: { previous_status: 'DRAFT', status: 'PENDING' } })
  })

  test('of a name that is taken is refused', async () => {
    const { owner, connectorId } = await connect()
    await createTemplate(ctx, owner, draftOf(connectorId))
    await expect(createTemplate(ctx, owner, draftOf(connectorId))).rejects.toMatchObject({ code: 'conflict' })
  })
})

test('what Gupshup has no form for is said so, and the draft stays', async () => {
  const { owner, connectorId } = await gupshupConnector()
  const carousel = { components: [body, { type: 'CAROUSEL', cards: [] }] }
  const draft = await createTemplate(ctx, owner, draftOf(connectorId, carousel))
  await expect(submitTemplate(ctx, owner, draft.id)).rejects.toMatchObject({
    code: 'provider_refused',
    message: expect.stringContaining('no field for carousel'),
  })
  const { rows } = await sql<{ status: string }>`
    select status from templates where id = ${draft.id}`.execute(ctx.db.worker)
  expect(rows).toEqual([{ status: 'DRAFT' }])
})
