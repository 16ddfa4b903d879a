import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { type ConnectorId, createTemplate as createTemplateBody, templateId } from '../../contract/index.ts'
import { startEmulator } from '../../emulator/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createTemplate } from './create-template.ts'
import { deleteTemplate } from './delete-template.ts'
import { submitTemplate } from './submit-template.ts'
import { syncTemplates } from './sync-templates.ts'
import { templateWorld } from './testing/template-world.ts'
import { updateTemplate } from './update-template.ts'

const emulator = await startEmulator({ host: '127.0.0.1', port: 0, seed: 12 })
const base = await testCtx({
  config: { sandboxPort: emulator.port, graphUrl: emulator.url, gupshupUrl: emulator.url },
})
const { ctx, control, someConnector, eventsOf } = templateWorld(base, emulator.url)
afterAll(async () => {
  await ctx.providers.close()
  await emulator.stop()
})

const body = (text: string) => ({ type: 'BODY', text })
const draftOf = (connector_id: ConnectorId) =>
  createTemplateBody.parse({
    connector_id,
    name: 'order_ready',
    language: 'en_US',
    category: 'UTILITY',
    components: [body('It is ready.')],
  })

async function drafted() {
  const connected = await someConnector((await seedWorkspace(ctx)).owner)
  const draft = await createTemplate(ctx, connected.owner, draftOf(connected.connectorId))
  return { ...connected, id: draft.id }
}

async function submitted() {
  const seeded = await drafted()
  const { external_id } = await submitTemplate(ctx, seeded.owner, seeded.id)
  const approve = async () => {
    await control('PATCH', `/templates/${external_id}`, { status: 'APPROVED' })
    await syncTemplates(ctx, seeded.workspaceId, seeded.connectorId)
  }
  await approve()
  return { ...seeded, approve }
}

async function statusOf(id: string): Promise<string | undefined> {
  const { rows } = await sql<{ status: string }>`
    select status from templates where id = ${id}`.execute(ctx.db.worker)
  return rows[0]?.status
}

describe('a draft', () => {
  test('is changed here only, and deleted without a trace', async () => {
    const { owner, id } = await drafted()
    const changed = await updateTemplate(ctx, owner, id, {
      category: 'MARKETING',
      components: [body('Ready!')],
    })
    expect(changed).toMatchObject({ status: 'DRAFT', category: 'MARKETING', components: [body('Ready!')] })
    await deleteTemplate(ctx, owner, id)
    expect(await statusOf(id)).toBeUndefined()
    await expect(deleteTemplate(ctx, owner, id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a submitted template', () => {
  test('is reviewed anew when it is edited, and keeps its category once approved', async () => {
    const { owner, id, approve } = await submitted()
    expect(await statusOf(id)).toBe('APPROVED')
    const edited = await updateTemplate(ctx, owner, id, { components: [body('It is ready for you.')] })
    expect(edited).toMatchObject({ status: 'PENDING', components: [body('It is ready for you.')] })
    await expect(updateTemplate(ctx, owner, id, { components: [body('Once more.')] })).rejects.toMatchObject({
      code: 'conflict',
    })
    await approve()
    expect(await statusOf(id)).toBe('APPROVED')
    await expect(updateTemplate(ctx, owner, id, { category: 'MARKETING' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('is deleted at the provider, and told to customers', async () => {
    const { owner, workspaceId, connectorId, id } = await submitted()
    await deleteTemplate(ctx, owner, templateId.parse(id))
    expect(await statusOf(id)).toBe('DELETED')
    await syncTemplates(ctx, workspaceId, connectorId)
    expect(await statusOf(id)).toBe('DELETED')
    expect((await eventsOf(workspaceId)).at(-1)).toMatchObject({
      data: { previous_status: 'APPROVED', status: 'DELETED' },
    })
  })
})
