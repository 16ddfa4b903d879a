import { type Campaign, type CreateCampaign, campaignId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { checkTemplates } from './check-templates.ts'
import { presentCampaign } from './present-campaign.ts'
import { insertCampaign, replaceTemplates, selectCampaign } from './queries.ts'

/** Throws validation_failed for a foreign number or template, template_not_approved, and conflict for a name in use. */
export async function createCampaign(ctx: Ctx, actor: Actor, input: CreateCampaign): Promise<Campaign> {
  const id = campaignId.parse(ctx.random.id('cmp'))
  const { workspaceId } = actor
  const templateIds = [...new Set(input.template_ids)]
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    await checkTemplates(tx, workspaceId, { numberId: input.number_id, templateIds })
    if (!(await insertCampaign(tx, workspaceId, { ...input, id }))) throw nameTaken()
    await replaceTemplates(tx, workspaceId, { campaignId: id, templateIds })
    await recordAudit(tx, actor, {
      action: 'campaign.created',
      subject_id: id,
      subject_name: input.name,
      after: input,
    })
    const row = await selectCampaign(tx, workspaceId, id)
    if (!row) throw new ParleyError('internal', 'The campaign was not written.')
    return presentCampaign(row)
  })
}

export function nameTaken(): ParleyError {
  const message = 'Another campaign has this name.'
  return new ParleyError('conflict', message, { fields: [{ path: 'name', message }] })
}
