import { type Json, textIn } from '../json.ts'
import { templateIdFrom } from '../world/gupshup-apps.ts'

/** Meta's news of a template as the payload of a `template-event`; undefined for other fields. */
export function wordTemplateNews(field: string, value: Json): Json | undefined {
  const template = {
    id: templateIdFrom(String(value.message_template_id)),
    elementName: textIn(value, 'message_template_name'),
    languageCode: textIn(value, 'message_template_language')?.replace('-', '_'),
  }
  switch (field) {
    case 'message_template_status_update':
      return { type: 'status-update', ...template, ...statusOf(value) }
    case 'message_template_quality_update': {
      const quality = textIn(value, 'new_quality_score')
      return { type: 'quality-update', ...template, oldQuality: value.previous_quality_score, quality }
    }
    case 'template_category_update':
      return { type: 'category-update', ...template, category: categoryOf(value) }
    default:
      return undefined
  }
}

function statusOf(value: Json): Json {
  const event = textIn(value, 'event') ?? ''
  const reason = textIn(value, 'reason')
  return {
    status: event.toLowerCase(),
    ...(reason === undefined || reason === 'NONE' ? {} : { rejectedReason: reason }),
  }
}

function categoryOf(value: Json): Json {
  const { correct_category: correct, new_category: current, previous_category: old } = value
  return correct === undefined ? { old, new: current } : { current, correct }
}
