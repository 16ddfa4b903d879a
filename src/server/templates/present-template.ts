import { connectorId, type Template, templateId, templateStatus } from '../../contract/index.ts'
import type { TemplateRow } from './template.ts'
import { variablesOf } from './variables.ts'

export function presentTemplate(row: TemplateRow): Template {
  return {
    id: templateId.parse(row.id),
    connector_id: connectorId.parse(row.connector_id),
    external_id: row.external_id,
    name: row.name,
    language: row.language,
    category: row.category,
    status: templateStatus.parse(row.status),
    rejected_reason: row.rejected_reason,
    quality: row.quality,
    components: row.components,
    variables: variablesOf(row.components),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}
