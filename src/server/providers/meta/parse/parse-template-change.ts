import type { JsonObject } from '../../fact.ts'
import { type Change, timeOf, unknownFact } from './change.ts'
import { idIn, objectIn, textIn } from './read-json.ts'

export function parseTemplateChange(change: Change): void {
  const { value, origin, facts } = change
  const name = textIn(value, 'message_template_name')
  if (name === null) {
    facts.push(unknownFact(change, textIn(value, 'event'), value))
    return
  }
  const template = {
    kind: 'template',
    ...origin,
    external_id: idIn(value, 'message_template_id'),
    name,
    language: textIn(value, 'message_template_language')?.replace('-', '_') ?? null,
    at: change.at,
  } as const
  const told = whatIsTold(change)
  facts.push(told === null ? unknownFact(change, textIn(value, 'event'), value) : { ...template, ...told })
}

// Meta's own sample of a quality update stands under the wrong field, so the keys decide.
function whatIsTold(change: Change) {
  const { field, value } = change
  const quality = textIn(value, 'new_quality_score')
  if (quality !== null) {
    return { change: 'quality', from: textIn(value, 'previous_quality_score'), to: quality } as const
  }
  if (field === 'message_template_components_update') return { change: 'components' } as const
  if (field === 'message_template_status_update') return statusTold(value)
  return categoryTold(change)
}

function statusTold(value: JsonObject) {
  const event = textIn(value, 'event')
  if (event === null) return null
  const other = objectIn(value, 'other_info')
  const rejection = objectIn(value, 'rejection_info')
  const reason = textIn(value, 'reason')
  return {
    change: 'status',
    event,
    reason: reason === 'NONE' ? null : reason,
    detail:
      textIn(other, 'description') ??
      textIn(rejection, 'recommendation') ??
      textIn(rejection, 'reason') ??
      textIn(objectIn(value, 'disable_info'), 'disable_date'),
    category: textIn(value, 'message_template_category'),
  } as const
}

/** In an announcement `new_category` is the present one, and `correct_category` the one to come. */
function categoryTold(change: Change) {
  const { value, path } = change
  const correct = textIn(value, 'correct_category')
  const stated = textIn(value, 'new_category')
  if (correct !== null) {
    const takesEffectAt = timeOf(change, value, path, 'category_update_timestamp')
    const step = takesEffectAt === null && stated === null ? 'detected' : 'announced'
    const from = stated ?? textIn(value, 'category')
    return { change: 'category', step, from, to: correct, takes_effect_at: takesEffectAt } as const
  }
  if (stated === null) return null
  const from = textIn(value, 'previous_category')
  return { change: 'category', step: 'done', from, to: stated, takes_effect_at: null } as const
}
