import type { Hub, HubId, UpdateHub } from '../../../contract/index.ts'
import { getCampaign } from '../../campaigns/index.ts'
import { recordAudit } from '../../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import { wakeHubs } from '../running/wake-hubs.ts'
import { checkSchedule, checkTemplate } from './check-hub.ts'
import { presentHub } from './present-hub.ts'
import { type HubRow, type HubValues, lockHub, updateHubRow } from './queries.ts'

const basicFields = ['name', 'campaign_id', 'channel'] as const

/** Throws hub_basic_is_fixed for what can't change once the hub exists. Running lists follow within a second. */
export async function updateHub(
  ctx: Ctx,
  actor: Actor,
  { id, changes }: { id: HubId; changes: UpdateHub },
): Promise<Hub> {
  const { workspaceId } = actor
  const fixed = basicFields.find((field) => changes[field] !== undefined)
  if (fixed) {
    throw new ParleyError(
      'hub_basic_is_fixed',
      'Name, campaign and channel are fixed once the hub is created.',
      {
        fields: [{ path: fixed, message: 'This is fixed once the hub is created.' }],
      },
    )
  }
  const hub = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const before = await lockHub(tx, workspaceId, { hubId: id, shared: false })
    if (!before) throw new ParleyError('not_found', 'There is no such hub.')
    const campaign = await getCampaign(tx, workspaceId, before.campaign_id)
    if (!campaign) throw new ParleyError('internal', 'The hub has no campaign.')
    const values = mergeValues(before, changes)
    if (changes.schedule !== undefined) checkSchedule(campaign, values.schedule)
    if (changes.template_id !== undefined) {
      await checkTemplate(tx, workspaceId, { campaign, templateId: values.template_id })
    }
    await updateHubRow(tx, workspaceId, { id, ...values })
    await recordAudit(tx, actor, {
      action: 'hub.updated',
      subject_id: id,
      subject_name: before.name,
      before: Object.fromEntries(Object.entries(before).filter(([field]) => field in changes)),
      after: changes,
    })
    return presentHub({ ...before, ...values, updated_at: ctx.clock.now() })
  })
  wakeHubs(ctx)
  return hub
}

function mergeValues(before: HubRow, changes: UpdateHub): HubValues {
  return {
    enabled: changes.enabled ?? before.enabled,
    template_id: changes.template_id === undefined ? before.template_id : changes.template_id,
    schedule: changes.schedule === undefined ? before.schedule : changes.schedule,
  }
}
