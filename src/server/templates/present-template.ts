import {
  connectorId,
  type Template,
  type TemplateChange,
  templateChange,
  templateId,
  templateStatus,
} from '../../contract/index.ts'
import type { TemplateChangeRow } from './queries-history.ts'
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
    coming_category: row.coming_category,
    coming_category_at: row.coming_category_at?.toISOString() ?? null,
    components: row.components,
    variables: variablesOf(row.components),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}

export function presentTemplateChange(row: TemplateChangeRow): TemplateChange {
  const takes_effect_at = row.takes_effect_at?.toISOString() ?? null
  return templateChange.parse({ ...row, at: row.at.toISOString(), takes_effect_at })
}
