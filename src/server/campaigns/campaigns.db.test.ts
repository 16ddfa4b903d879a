import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import {
  type CreateCampaign,
  createCampaign as createCampaignBody,
  type TemplateId,
  templateId,
} from '../../contract/index.ts'
import { type Actor, ParleyError } from '../platform/index.ts'
import { seedWorkspace, testCtx } from '../platform/testing/index.ts'
import { createCampaign } from './create-campaign.ts'
import { deleteCampaign } from './delete-campaign.ts'
import { selectCampaign, selectCampaigns } from './queries.ts'
import { updateCampaign } from './update-campaign.ts'

const ctx = await testCtx()

async function seed(actor: Actor) {
  const connector = ctx.random.id('con')
  const number = ctx.random.id('num')
  const { workspaceId } = actor
  await ctx.db.asWorker(async (tx) => {
    await sql`
      insert into connectors (workspace_id, id, provider, name, key, credentials_sealed)
      values (${workspaceId}, ${connector}, 'sandbox', 'S', ${connector}, '')`.execute(tx)
    await sql`
      insert into numbers (workspace_id, id, connector_id, phone_number_id, display_phone_number, phone)
      values (${workspaceId}, ${number}, ${connector}, ${number}, '+1', '15550100')`.execute(tx)
  })
  async function template(status: string): Promise<TemplateId> {
    const id = templateId.parse(ctx.random.id('tpl'))
    await ctx.db.asWorker((tx) =>
      sql`
        insert into templates (workspace_id, id, connector_id, name, language, category, status, components)
        values (${workspaceId}, ${id}, ${connector}, ${id}, 'en', 'UTILITY', ${status}, '[]')`.execute(tx),
    )
    return id
  }
  return { number, template }
}

function bodyOf(values: Record<string, unknown>): CreateCampaign {
  return createCampaignBody.parse({
    name: 'Orders',
    time_zone: 'Europe/Madrid',
    schedule: { mon: [['09:00', '18:00']] },
    ...values,
  })
}

describe('a campaign', () => {
  it('is created, changed, listed and deleted, and each act is in the audit log', async () => {
    const { owner, workspaceId } = await seedWorkspace(ctx)
    const { number, template } = await seed(owner)
    const approved = await template('APPROVED')
    const created = await createCampaign(ctx, owner, bodyOf({ number_id: number, template_ids: [approved] }))
    expect(created).toMatchObject({ name: 'Orders', template_ids: [approved], time_zone: 'Europe/Madrid' })

    const changes = { time_zone: 'UTC', template_ids: [] }
    const updated = await updateCampaign(ctx, owner, { id: created.id, changes })
    expect(updated).toMatchObject({ time_zone: 'UTC', template_ids: [], schedule: created.schedule })
    const listed = await ctx.db.inWorkspace(workspaceId, (tx) =>
      selectCampaigns(tx, workspaceId, { before: null, limit: 10 }),
    )
    expect(listed.map(({ id }) => id)).toEqual([created.id])

    await deleteCampaign(ctx, owner, created.id)
    const gone = await ctx.db.inWorkspace(workspaceId, (tx) => selectCampaign(tx, workspaceId, created.id))
    expect(gone).toBeNull()
    const { rows } = await sql<{ action: string }>`
      select action from audit_log where workspace_id = ${workspaceId} order by id`.execute(ctx.db.worker)
    expect(rows.map(({ action }) => action)).toEqual([
      'campaign.created',
      'campaign.updated',
      'campaign.deleted',
    ])
  })

  it('refuses the number and the templates of another workspace, naming the field', async () => {
    const here = await seedWorkspace(ctx)
    const there = await seedWorkspace(ctx)
    const mine = await seed(here.owner)
    const foreign = await seed(there.owner)
    await expect(
      createCampaign(ctx, here.owner, bodyOf({ number_id: foreign.number })),
    ).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: [{ path: 'number_id' }] },
    })
    const template_ids = [await mine.template('APPROVED'), await foreign.template('APPROVED')]
    await expect(
      createCampaign(ctx, here.owner, bodyOf({ number_id: mine.number, template_ids })),
    ).rejects.toMatchObject({ code: 'validation_failed', details: { fields: [{ path: 'template_ids.1' }] } })
  })

  it('enables approved templates only, but keeps one that lost its approval since', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { number, template } = await seed(owner)
    const rejected = await template('REJECTED')
    await expect(
      createCampaign(ctx, owner, bodyOf({ number_id: number, template_ids: [rejected] })),
    ).rejects.toMatchObject({ code: 'template_not_approved' })

    const approved = await template('APPROVED')
    const { id } = await createCampaign(ctx, owner, bodyOf({ number_id: number, template_ids: [approved] }))
    await sql`update templates set status = 'PAUSED' where id = ${approved}`.execute(ctx.db.worker)
    const kept = await updateCampaign(ctx, owner, { id, changes: { template_ids: [approved] } })
    expect(kept.template_ids).toEqual([approved])
  })

  it('has a name of its own', async () => {
    const { owner } = await seedWorkspace(ctx)
    const { number } = await seed(owner)
    await createCampaign(ctx, owner, bodyOf({ number_id: number }))
    await expect(createCampaign(ctx, owner, bodyOf({ number_id: number }))).rejects.toBeInstanceOf(
      ParleyError,
    )
  })

  it('is not there for another workspace', async () => {
    const here = await seedWorkspace(ctx)
    const there = await seedWorkspace(ctx)
    const { number } = await seed(there.owner)
    const { id } = await createCampaign(ctx, there.owner, bodyOf({ number_id: number }))
    await expect(updateCampaign(ctx, here.owner, { id, changes: {} })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(deleteCampaign(ctx, here.owner, id)).rejects.toMatchObject({ code: 'not_found' })
  })
})
