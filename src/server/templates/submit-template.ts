import { connectorId, type Template, type TemplateId } from '../../contract/index.ts'
import { openConnection } from '../connectors/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, ParleyError } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { presentTemplate } from './present-template.ts'
import { getTemplate, updateSubmitted } from './queries.ts'
import { recordChanges } from './record-changes.ts'
import { statusAfter, type TemplateRow } from './template.ts'
import { differencesOf } from './template-changes.ts'

/**
 * Hands a draft to the provider for review. Throws not_found, conflict when it is no draft any more, provider_refused with
 * the provider's words (a rule that is broken, or a part that this provider can't take), provider_unreachable.
 */
export async function submitTemplate(ctx: ServerCtx, actor: Actor, id: TemplateId): Promise<Template> {
  const { workspaceId } = actor
  const draft = await ctx.db.inWorkspace(workspaceId, (tx) => getTemplate(tx, workspaceId, id))
  if (draft === null) throw new ParleyError('not_found', 'There is no such template.')
  if (draft.status !== 'DRAFT') throw new ParleyError('conflict', 'Only a draft can be submitted.')
  const connection = await openConnection(ctx, workspaceId, connectorId.parse(draft.connector_id))
  const { name, language, category, components } = draft
  const parameter_format = draft.parameter_format === 'NAMED' ? 'NAMED' : 'POSITIONAL'
  const asked = { name, language, category, parameter_format, components } as const
  const answer = await ctx.providers.channel.createTemplate(connection, asked)
  if (!answer.ok) throw refusedByProvider(answer.error)
  const made = answer.value
  const after = {
    ...draft,
    external_id: made.external_id,
    status: statusAfter(made.status) ?? ('PENDING' as const),
    category: made.category ?? category,
  }
  await write(ctx, actor, draft, after)
  ctx.live.changed(workspaceId, { topic: 'template', id })
  ctx.live.changed(workspaceId, { topic: 'notice', id })
  return presentTemplate(after)
}

async function write(ctx: ServerCtx, actor: Actor, draft: TemplateRow, after: TemplateRow): Promise<void> {
  const { workspaceId } = actor
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    // A webhook about it may have come first: then it is known better already.
    if (!(await updateSubmitted(tx, workspaceId, after))) return
    const changes = differencesOf(draft, after, null)
    const told = { at: ctx.clock.now(), inboundLogId: null }
    await recordChanges(tx, workspaceId, { template: after, changes }, told)
    const { id: subject_id, name: subject_name } = draft
    await recordAudit(tx, actor, { action: 'template.submitted', subject_id, subject_name })
  })
}

/** The provider's words, or that it is silent. */
export function refusedByProvider({
  code,
  title,
  detail,
}: {
  code: string
  title: string
  detail: string | null
}): ParleyError {
  if (code === 'unreachable')
    return new ParleyError('provider_unreachable', 'The provider did not answer. Try again in a moment.')
  return new ParleyError('provider_refused', detail === null ? title : `${title} ${detail}`, { code })
}
