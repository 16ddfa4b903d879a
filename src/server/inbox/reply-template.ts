import type {
  ConnectorId,
  MessageContent,
  TemplateId,
  TemplateToSend,
  WorkspaceId,
} from '../../contract/index.ts'
import { templateId } from '../../contract/index.ts'
import { type Db, ParleyError } from '../platform/index.ts'
import { checkParameters, findTemplate, renderPreview, valuesOf } from '../templates/index.ts'

export interface ReplyTemplate {
  id: TemplateId
  category: string
  content: MessageContent
}

/** The template as it goes out, with the text that it will show. Throws template_not_approved and template_parameters_wrong. */
export async function templateForReply(
  db: Db,
  workspaceId: WorkspaceId,
  connectorId: ConnectorId,
  toSend: TemplateToSend,
): Promise<ReplyTemplate> {
  const wanted = { name: toSend.name, language: toSend.language.code }
  const row = await findTemplate(db, workspaceId, connectorId, wanted)
  if (row?.status !== 'APPROVED') {
    throw new ParleyError(
      'template_not_approved',
      'This number has no approved template of this name and language.',
      { ...wanted, status: row?.status ?? null },
    )
  }
  const [problem, ...others] = checkParameters(row, toSend)
  if (problem) {
    throw new ParleyError('template_parameters_wrong', `${problem.key}: ${problem.message}`, {
      fields: [problem, ...others].map(({ key, message }) => ({ path: key, message })),
    })
  }
  const preview = renderPreview(row.components, valuesOf(row.components, toSend))
  return {
    id: templateId.parse(row.id),
    category: row.category,
    content: { template: toSend, text: { body: preview.body }, preview },
  }
}
