import type { WorkspaceId } from '../../contract/index.ts'
import { type Db, ParleyError } from '../platform/index.ts'
import { selectNumber, selectTemplates } from './queries.ts'

/**
 * A campaign may use approved templates of the account that its number belongs to. Templates that were enabled
 * already may have lost their approval since: they stay, and a list that wants them is refused at its start.
 */
export async function checkTemplates(
  db: Db,
  workspaceId: WorkspaceId,
  {
    numberId,
    templateIds,
    enabledBefore = [],
  }: { numberId: string; templateIds: readonly string[]; enabledBefore?: readonly string[] },
): Promise<void> {
  const number = await selectNumber(db, workspaceId, numberId)
  if (!number?.connected) {
    throw invalid('number_id', 'Choose a connected number of this workspace.')
  }
  const found = new Map(
    (await selectTemplates(db, workspaceId, templateIds)).map((template) => [template.id, template]),
  )
  for (const [index, templateId] of templateIds.entries()) {
    const template = found.get(templateId)
    const path = `template_ids.${index}`
    if (!template || template.connector_id !== number.connector_id) {
      throw invalid(path, "Choose templates of the account that the campaign's number belongs to.")
    }
    if (template.status !== 'APPROVED' && !enabledBefore.includes(templateId)) {
      throw new ParleyError(
        'template_not_approved',
        'Only approved templates can be enabled in a campaign.',
        {
          fields: [{ path, message: `The template is ${template.status}; choose an approved one.` }],
        },
      )
    }
  }
}

function invalid(path: string, message: string): ParleyError {
  return new ParleyError('validation_failed', message, { fields: [{ path, message }] })
}
