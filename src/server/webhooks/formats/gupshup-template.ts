import type { EventSource } from './event-source.ts'
import { type JsonObject, present, textIn } from './read-json.ts'

/** Template events as the console's webhooks send them: without the outer `app` and `timestamp` of other events. */
export function gupshupTemplateEvent({ type, data }: EventSource): JsonObject | null {
  switch (type) {
    case 'template.status_updated':
      return wrap('status-update', statusOf(data))
    case 'template.category_updated':
      return wrap('category-update', { category: categoryOf(data) })
    case 'template.quality_updated': {
      // Gupshup publishes no sample of this one; it follows the form of the category.
      const quality = present({ old: textIn(data, 'previous_quality'), new: textIn(data, 'quality') })
      return wrap('quality-update', { ...template(data), quality })
    }
    default:
      return null
  }
}

function wrap(type: string, payload: JsonObject): JsonObject {
  return { type: 'template-event', payload: { type, ...payload } }
}

function template(data: JsonObject): JsonObject {
  return present({
    id: textIn(data, 'external_template_id') ?? textIn(data, 'template_id'),
    elementName: textIn(data, 'template_name'),
    languageCode: textIn(data, 'language'),
  })
}

function statusOf(data: JsonObject): JsonObject {
  const status = textIn(data, 'status')?.toLowerCase()
  const reason = textIn(data, 'reason')
  const explained = status === 'rejected' ? { rejectedReason: reason } : { description: reason }
  return present({ ...template(data), status, ...explained })
}

/** First the alert with the category to come, then the change. */
function categoryOf(data: JsonObject): JsonObject {
  const correct = textIn(data, 'correct_category')
  if (correct !== null) return present({ current: textIn(data, 'category'), correct })
  return present({ old: textIn(data, 'previous_category'), new: textIn(data, 'category') })
}
