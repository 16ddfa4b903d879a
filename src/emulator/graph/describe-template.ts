import type { Json } from '../json.ts'
import { epochSeconds } from '../world/clock.ts'
import type { Template } from '../world/templates.ts'

export const TEMPLATE_DEFAULT_FIELDS = [
  'name',
  'parameter_format',
  'components',
  'language',
  'status',
  'category',
  'previous_category',
  'sub_category',
  'id',
]

/** Every field a template can be asked for. */
export function describeTemplate(template: Template): Json {
  const updated = epochSeconds(template.updatedMs)
  return {
    id: template.id,
    name: template.name,
    language: template.language,
    status: template.status,
    category: template.category,
    sub_category: undefined,
    previous_category: template.previousCategory,
    correct_category: template.correctCategory,
    parameter_format: template.parameterFormat,
    components: template.components,
    quality_score: { score: template.quality, date: updated },
    rejected_reason: template.rejectedReason,
    message_send_ttl_seconds: template.ttlSeconds,
    last_updated_time: new Date(template.updatedMs).toISOString().replace(/\.\d+Z$/, '+0000'),
    cta_url_link_tracking_opted_out: false,
    library_template_name: undefined,
    health_status: {
      can_send_message: template.status === 'APPROVED' ? 'AVAILABLE' : 'BLOCKED',
      entities: [],
    },
  }
}
