import type { CreateTemplate, Template } from '../../contract/index.ts'
import { findConnector } from '../connectors/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { presentTemplate } from './present-template.ts'
import { getTemplate, insertDraft } from './queries.ts'

/** A draft, to be submitted later. Throws not_found for the connector, conflict for a name that is taken in the language. */
export async function createTemplate(ctx: Ctx, actor: Actor, input: CreateTemplate): Promise<Template> {
  const { workspaceId } = actor
  const row = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    if ((await findConnector(tx, workspaceId, input.connector_id)) === null)
      throw new ParleyError('not_found', 'There is no such connector.')
    const id = await insertDraft(tx, workspaceId, input)
    if (id === null)
      throw new ParleyError('conflict', `There is a template ${input.name} in ${input.language} already.`)
    await recordAudit(tx, actor, {
      action: 'template.created',
      subject_id: id,
      subject_name: input.name,
      after: { language: input.language, category: input.category },
    })
    return await getTemplate(tx, workspaceId, id)
  })
  if (row === null) throw new Error('The template was not written.')
  ctx.live.changed(workspaceId, { topic: 'template', id: row.id })
  return presentTemplate(row)
}
