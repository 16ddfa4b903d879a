import { type CreateHub, type Hub, hubId } from '../../../contract/index.ts'
import { getCampaign } from '../../campaigns/index.ts'
import { recordAudit } from '../../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import { checkSchedule, checkTemplate } from './check-hub.ts'
import { presentHub } from './present-hub.ts'
import { insertHub, selectHub } from './queries.ts'

/** Throws validation_failed, schedule_outside_campaign, template_not_enabled, template_not_approved or conflict (name). */
export async function createHub(ctx: Ctx, actor: Actor, input: CreateHub): Promise<Hub> {
  const { workspaceId } = actor
  const id = hubId.parse(ctx.random.id('hub'))
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaign(tx, workspaceId, input.campaign_id)
    if (!campaign) throw invalid('campaign_id', 'Choose a campaign of this workspace.')
    checkSchedule(campaign, input.schedule)
    await checkTemplate(tx, workspaceId, { campaign, templateId: input.template_id })
    if (!(await insertHub(tx, workspaceId, { ...input, id }))) {
      const message = 'Another hub has this name.'
      throw new ParleyError('conflict', message, { fields: [{ path: 'name', message }] })
    }
    await recordAudit(tx, actor, {
      action: 'hub.created',
      subject_id: id,
      subject_name: input.name,
      after: input,
    })
    const row = await selectHub(tx, workspaceId, id)
    if (!row) throw new ParleyError('internal', 'The hub was not written.')
    return presentHub(row)
  })
}

function invalid(path: string, message: string): ParleyError {
  return new ParleyError('validation_failed', message, { fields: [{ path, message }] })
}
