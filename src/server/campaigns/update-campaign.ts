import type { Campaign, CampaignId, UpdateCampaign } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../platform/index.ts'
import { checkTemplates } from './check-templates.ts'
import { nameTaken } from './create-campaign.ts'
import { presentCampaign } from './present-campaign.ts'
import {
  type CampaignRow,
  isNameTaken,
  replaceTemplates,
  selectCampaign,
  updateCampaignRow,
} from './queries.ts'

/**
 * Changes what was sent along. A schedule may become narrower than that of a hub: sending then happens only where
 * both are open.
 */
export async function updateCampaign(
  ctx: Ctx,
  actor: Actor,
  { id, changes }: { id: CampaignId; changes: UpdateCampaign },
): Promise<Campaign> {
  const { workspaceId } = actor
  const updated = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const before = await getCampaign(tx, actor, id)
    if (
      changes.name !== undefined &&
      (await isNameTaken(tx, workspaceId, { name: changes.name, except: id }))
    ) {
      throw nameTaken()
    }
    await updateCampaignRow(tx, workspaceId, {
      id,
      name: changes.name ?? before.name,
      time_zone: changes.time_zone ?? before.time_zone,
      schedule: changes.schedule ?? before.schedule,
      exceptions: changes.exceptions ?? before.exceptions,
    })
    if (changes.template_ids !== undefined) await enableTemplates(tx, actor, before, changes.template_ids)
    await recordAudit(tx, actor, {
      action: 'campaign.updated',
      subject_id: id,
      subject_name: changes.name ?? before.name,
      before: Object.fromEntries(Object.entries(before).filter(([field]) => field in changes)),
      after: changes,
    })
    return presentCampaign(await getCampaign(tx, actor, id))
  })
  // Another schedule may open or close gates of running lists at once.
  ctx.wake.signal('hubs')
  return updated
}

async function enableTemplates(
  db: Db,
  actor: Actor,
  before: CampaignRow,
  wanted: readonly string[],
): Promise<void> {
  const templateIds = [...new Set(wanted)]
  await checkTemplates(db, actor.workspaceId, {
    numberId: before.number_id,
    templateIds,
    enabledBefore: before.template_ids,
  })
  await replaceTemplates(db, actor.workspaceId, { campaignId: before.id, templateIds })
}

async function getCampaign(db: Db, { workspaceId }: Actor, id: CampaignId): Promise<CampaignRow> {
  const row = await selectCampaign(db, workspaceId, id)
  if (!row) throw new ParleyError('not_found', 'There is no such campaign.')
  return row
}
