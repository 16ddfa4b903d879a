import type { ErrorCode, WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'
import { getTemplate } from '../../templates/index.ts'
import { isTemplateEnabled } from '../match/queries.ts'
import { type ListRow, listNextOpening } from './list.ts'

export interface Obstacle {
  code: ErrorCode
  message: string
}

/** What stands in the way of a start, all of it, in the order in which one would mend it. */
export async function findObstacles(
  db: Db,
  workspaceId: WorkspaceId,
  { list, willSend, now }: { list: ListRow; willSend: number; now: Date },
): Promise<Obstacle[]> {
  const obstacles: Obstacle[] = []
  if (!list.match)
    obstacles.push({ code: 'list_match_incomplete', message: 'Match the columns of the list first.' })
  obstacles.push(...(await templateObstacles(db, workspaceId, list)))
  if (!list.hub_enabled || list.hub_deleted) {
    obstacles.push({ code: 'hub_disabled', message: 'The hub is disabled. Enable it first.' })
  }
  if (!list.number_connected) {
    obstacles.push({
      code: 'connector_disconnected',
      message: 'The number of the campaign is disconnected. Reconnect it first.',
    })
  }
  if (willSend === 0) {
    obstacles.push({
      code: 'list_has_no_recipients',
      message: 'No row of the list can be sent to. Correct its rows, or upload another file.',
    })
  }
  if (!listNextOpening(list, now)) {
    obstacles.push({
      code: 'schedule_outside_campaign',
      message: 'The schedules of campaign and hub are never open at the same time. Change one of them.',
    })
  }
  return obstacles
}

async function templateObstacles(db: Db, workspaceId: WorkspaceId, list: ListRow): Promise<Obstacle[]> {
  const templateId = list.template_id ?? list.hub_template_id
  if (templateId === null) {
    return [{ code: 'list_match_incomplete', message: 'Choose a template for the list or the hub.' }]
  }
  const template = await getTemplate(db, workspaceId, templateId)
  const enabled = await isTemplateEnabled(db, workspaceId, { campaignId: list.campaign_id, templateId })
  if (!template || !enabled) {
    return [
      {
        code: 'template_not_enabled',
        message: 'The template is not enabled in the campaign. Enable it there, or choose another.',
      },
    ]
  }
  if (template.status !== 'APPROVED') {
    return [
      {
        code: 'template_not_approved',
        message: `The template is ${template.status}; only an approved one can be sent. Choose another.`,
      },
    ]
  }
  return []
}
