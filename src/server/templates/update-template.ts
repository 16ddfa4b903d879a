import { connectorId, type Template, type TemplateId, type UpdateTemplate } from '../../contract/index.ts'
import { openConnection } from '../connectors/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, ParleyError } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { presentTemplate } from './present-template.ts'
import { getTemplate, updateEdited } from './queries.ts'
import { recordChanges } from './record-changes.ts'
import { refusedByProvider } from './submit-template.ts'
import type { TemplateRow } from './template.ts'
import { differencesOf } from './template-changes.ts'

/** What Meta lets be edited: https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates, read 2026-11-21. */
const editable = ['DRAFT', 'APPROVED', 'REJECTED', 'PAUSED']

/**
 * Changes a draft, or has a submitted template reviewed anew. Throws not_found, conflict for a state in which it can't be
 * edited, provider_refused and provider_unreachable.
 */
export async function updateTemplate(
  ctx: ServerCtx,
  actor: Actor,
  id: TemplateId,
  input: UpdateTemplate,
): Promise<Template> {
  const { workspaceId } = actor
  const before = await ctx.db.inWorkspace(workspaceId, (tx) => getTemplate(tx, workspaceId, id))
  if (before === null) throw new ParleyError('not_found', 'There is no such template.')
  refuseUneditable(before, input)
  const { category = before.category, components = before.components } = input
  const status = before.status === 'DRAFT' ? before.status : ('PENDING' as const)
  const after = { ...before, category, components, status, rejected_reason: null }
  await submitEdit(ctx, actor, before, { ...input, components })
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    // A webhook about it may have come first: then it is known better already.
    if (!(await updateEdited(tx, workspaceId, before, after))) return
    const told = { at: ctx.clock.now(), inboundLogId: null }
    const changes = differencesOf(before, after, null)
    await recordChanges(tx, workspaceId, { template: after, changes }, told)
    await recordAudit(tx, actor, { action: 'template.edited', subject_id: id, subject_name: before.name })
  })
  ctx.live.changed(workspaceId, { topic: 'template', id })
  return presentTemplate(after)
}

function refuseUneditable({ status }: TemplateRow, { category }: UpdateTemplate): void {
  if (!editable.includes(status))
    throw new ParleyError(
      'conflict',
      'Only a draft and an approved, rejected or paused template can be edited.',
    )
  if (status === 'APPROVED' && category !== undefined)
    throw new ParleyError('conflict', 'The category of an approved template stays as it is.')
}

async function submitEdit(
  ctx: ServerCtx,
  { workspaceId }: Actor,
  before: TemplateRow,
  { category, components }: { category?: string | undefined; components: TemplateRow['components'] },
): Promise<void> {
  const { external_id } = before
  if (before.status === 'DRAFT' || external_id === null) return
  const connection = await openConnection(ctx, workspaceId, connectorId.parse(before.connector_id))
  const edit = { external_id, components, ...(category === undefined ? {} : { category }) }
  const answer = await ctx.providers.channel.editTemplate(connection, edit)
  if (!answer.ok) throw refusedByProvider(answer.error)
}
