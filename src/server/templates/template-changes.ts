import type { NoticeKind } from '../../contract/index.ts'
import type { EventEntry } from '../events/index.ts'
import type { OpenNotice } from '../notices/index.ts'

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

/** One thing that happened to a template, or will. */
export interface TemplateChange {
  topic: 'status' | 'category' | 'quality'
  /** `announced` and `detected`: the category will change; `word`: the provider said something that changes no state. */
  step: 'done' | 'announced' | 'detected' | 'word'
  previous: string | null
  value: string | null
  reason: string | null
  takes_effect_at: Date | null
}

/** What differs between two states of a template. */
export function differencesOf(
  before: ToldValues,
  after: ToldValues,
  reason: string | null,
): TemplateChange[] {
  const done = { step: 'done', reason: null, takes_effect_at: null } as const
  const changes: TemplateChange[] = []
  if (before.status !== after.status) {
    const why = after.rejected_reason ?? reason
    changes.push({ ...done, topic: 'status', previous: before.status, value: after.status, reason: why })
  }
  if (before.category !== after.category)
    changes.push({ ...done, topic: 'category', previous: before.category, value: after.category })
  if (before.quality !== after.quality)
    changes.push({ ...done, topic: 'quality', previous: before.quality, value: after.quality })
  return changes
}

/** What customers' endpoints hear of it; null for a word that changes nothing. */
export function eventOf(change: TemplateChange, template: ToldTemplate, at: Date): EventEntry | null {
  const common = {
    template_id: template.id,
    external_template_id: template.external_id,
    template_name: template.name,
    language: template.language,
  }
  const { topic, step, previous, value, reason, takes_effect_at } = change
  if (step === 'word') return null
  if (topic === 'status') {
    const why = reason === null ? {} : { reason }
    const data = { ...common, previous_status: previous, status: value, ...why }
    return { type: 'template.status_updated', at, data }
  }
  if (topic === 'quality') {
    const data = { ...common, previous_quality: previous, quality: value }
    return { type: 'template.quality_updated', at, data }
  }
  if (step === 'done') {
    const data = { ...common, previous_category: previous, category: value }
    return { type: 'template.category_updated', at, data }
  }
  const coming = { correct_category: value, takes_effect_at: takes_effect_at?.toISOString() ?? null }
  return { type: 'template.category_updated', at, data: { ...common, category: previous, ...coming } }
}

type Bell = { raise: Pick<OpenNotice, 'kind' | 'params'> | null; resolve: readonly NoticeKind[] }

/** What it puts into the bell, and what is over by it. */
export function bellOf({ topic, step, previous, value, reason, takes_effect_at }: TemplateChange): Bell {
  const why = reason === null ? {} : { reason }
  if (topic === 'status') {
    if (step !== 'word') return statusBell(value, why)
    return { raise: value === 'FLAGGED' ? { kind: 'template_flagged', params: why } : null, resolve: [] }
  }
  if (topic === 'quality') {
    const isRed = value === 'RED'
    return {
      raise: isRed ? { kind: 'template_quality_red' } : null,
      resolve: isRed ? [] : ['template_quality_red'],
    }
  }
  const params = { from: previous, to: value }
  if (step === 'done') {
    return { raise: { kind: 'template_category_changed', params }, resolve: ['template_category_coming'] }
  }
  const coming = { ...params, takes_effect_at: takes_effect_at?.toISOString() ?? null }
  return { raise: { kind: 'template_category_coming', params: coming }, resolve: [] }
}

const troubles = ['template_rejected', 'template_paused', 'template_disabled', 'template_flagged'] as const

function statusBell(status: string | null, params: Record<string, unknown>): Bell {
  const others = (kind: NoticeKind): NoticeKind[] => [
    'template_approved',
    ...troubles.filter((one) => one !== kind),
  ]
  switch (status) {
    case 'APPROVED':
      return { raise: { kind: 'template_approved' }, resolve: troubles }
    case 'REJECTED':
      return { raise: { kind: 'template_rejected', params }, resolve: others('template_rejected') }
    case 'PAUSED':
      return { raise: { kind: 'template_paused', params }, resolve: others('template_paused') }
    case 'DISABLED':
      return { raise: { kind: 'template_disabled', params }, resolve: others('template_disabled') }
    case 'DELETED':
      return {
        raise: null,
        resolve: ['template_approved', ...troubles, 'template_category_coming', 'template_quality_red'],
      }
    default:
      return { raise: null, resolve: [] }
  }
}
