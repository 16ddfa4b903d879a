import type { CampaignId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { deleteCampaignRow, selectCampaign } from './queries.ts'

/** Throws campaign_in_use while a hub belongs to it, also one that was deleted but whose lists are kept. */
export async function deleteCampaign(ctx: Ctx, actor: Actor, id: CampaignId): Promise<void> {
  const { workspaceId } = actor
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await selectCampaign(tx, workspaceId, id)
    if (!campaign) throw new ParleyError('not_found', 'There is no such campaign.')
    await deleteCampaignRow(tx, workspaceId, id).catch((error: unknown) => {
      throw isForeignKeyViolation(error) ? inUse() : error
    })
    await recordAudit(tx, actor, {
      action: 'campaign.deleted',
      subject_id: id,
      subject_name: campaign.name,
      before: { name: campaign.name, number_id: campaign.number_id },
    })
  })
}

function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503'
}

function inUse(): ParleyError {
  return new ParleyError(
    'campaign_in_use',
    'The campaign has hubs or lists; it can be deleted only when unused.',
  )
}
