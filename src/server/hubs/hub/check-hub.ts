import type { WeeklySchedule, WorkspaceId } from '../../../contract/index.ts'
import { type CampaignRow, findRangeOutside } from '../../campaigns/index.ts'
import { type Db, ParleyError } from '../../platform/index.ts'
import { getTemplate } from '../../templates/index.ts'

/** Throws schedule_outside_campaign, naming the day and the range that sticks out. */
export function checkSchedule(campaign: CampaignRow, schedule: WeeklySchedule | null): void {
  const outside = schedule && findRangeOutside(schedule, campaign.schedule)
  if (!outside) return
  const { day, range } = outside
  throw new ParleyError(
    'schedule_outside_campaign',
    `The campaign is not open on ${day} from ${range[0]} to ${range[1]}.`,
    { day, range, fields: [{ path: `schedule.${day}`, message: `${range[0]}–${range[1]} lies outside.` }] },
  )
}

/** A hub may use templates that are enabled in its campaign and approved at this moment. */
export async function checkTemplate(
  db: Db,
  workspaceId: WorkspaceId,
  { campaign, templateId }: { campaign: Pick<CampaignRow, 'template_ids'>; templateId: string | null },
): Promise<void> {
  if (templateId === null) return
  const template = await getTemplate(db, workspaceId, templateId)
  if (!template || !campaign.template_ids.includes(templateId)) {
    throw new ParleyError('template_not_enabled', 'Choose a template that is enabled in the campaign.', {
      fields: [
        {
          path: 'template_id',
          message: 'This template is not enabled in the campaign. Enable it there, or choose another.',
        },
      ],
    })
  }
  if (template.status !== 'APPROVED') {
    throw new ParleyError(
      'template_not_approved',
      `The template is ${template.status}; choose an approved one.`,
      {
        fields: [{ path: 'template_id', message: `This template is ${template.status}.` }],
      },
    )
  }
}
