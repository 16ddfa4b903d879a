import type { EventEntry } from '../events/index.ts'

/** The values of a template that others are told about when they change. */
export interface ToldValues {
  status: string
  category: string
  quality: string | null
  rejected_reason: string | null
}

export interface ToldTemplate {
  id: string
  external_id: string | null
  name: string
  language: string
}

/** One event for each of status, category and quality that differs. */
export function templateEvents(
  template: ToldTemplate,
  before: ToldValues,
  after: ToldValues,
  at: Date,
): EventEntry[] {
  const common = {
    template_id: template.id,
    external_template_id: template.external_id,
    template_name: template.name,
    language: template.language,
  }
  const events: EventEntry[] = []
  if (before.status !== after.status) {
    const data = { ...common, previous_status: before.status, status: after.status }
    const reason = after.rejected_reason === null ? {} : { reason: after.rejected_reason }
    events.push({ type: 'template.status_updated', at, data: { ...data, ...reason } })
  }
  if (before.category !== after.category) {
    const data = { ...common, previous_category: before.category, category: after.category }
    events.push({ type: 'template.category_updated', at, data })
  }
  if (before.quality !== after.quality) {
    const data = { ...common, previous_quality: before.quality, quality: after.quality }
    events.push({ type: 'template.quality_updated', at, data })
  }
  return events
}
