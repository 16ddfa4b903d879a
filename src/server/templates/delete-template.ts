import { connectorId, type TemplateId } from '../../contract/index.ts'
import { openConnection } from '../connectors/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, ParleyError } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { deleteDraft, getTemplate, updateEdited } from './queries.ts'
import { recordChanges } from './record-changes.ts'
import { refusedByProvider } from './submit-template.ts'
import type { TemplateRow } from './template.ts'
import { differencesOf } from './template-changes.ts'

/**
 * A draft goes without a trace. A submitted template is deleted at the provider and stays here as DELETED: messages that
 * were sent with it still show it, and lists that wait with it pause. Throws not_found, provider_refused and
 * provider_unreachable.
 */
export async function deleteTemplate(ctx: ServerCtx, actor: Actor, id: TemplateId): Promise<void> {
  const { workspaceId } = actor
  const before = await ctx.db.inWorkspace(workspaceId, (tx) => getTemplate(tx, workspaceId, id))
  if (before === null || before.status === 'DELETED')
    throw new ParleyError('not_found', 'There is no such template.')
  await deleteAtProvider(ctx, actor, before)
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    await recordAudit(tx, actor, { action: 'template.deleted', subject_id: id, subject_name: before.name })
    if (before.status === 'DRAFT') return deleteDraft(tx, workspaceId, id)
    const after = { ...before, status: 'DELETED' as const }
    if (!(await updateEdited(tx, workspaceId, before, after))) return
    const told = { at: ctx.clock.now(), inboundLogId: null }
    await recordChanges(
      tx,
      workspaceId,
      { template: after, changes: differencesOf(before, after, null) },
      told,
    )
  })
  ctx.live.changed(workspaceId, { topic: 'template', id })
}

async function deleteAtProvider(ctx: ServerCtx, { workspaceId }: Actor, before: TemplateRow): Promise<void> {
  const { external_id, name } = before
  if (before.status === 'DRAFT' || external_id === null) return
  const connection = await openConnection(ctx, workspaceId, connectorId.parse(before.connector_id))
  const answer = await ctx.providers.channel.deleteTemplate(connection, { external_id, name })
  if (!answer.ok) throw refusedByProvider(answer.error)
}
