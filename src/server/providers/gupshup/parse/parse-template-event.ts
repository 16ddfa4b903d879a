import { idIn, objectIn, textIn } from '../../meta/parse/read-json.ts'
import type { GupshupEvent } from './event.ts'

/** Type `template-event`. Some come without a name: they say that something changed, and a sync finds out what. */
export function parseTemplateEvent(event: GupshupEvent): void {
  const { value, origin, facts, at } = event
  const told = whatIsTold(event)
  if (told === null) return
  facts.push({
    kind: 'template',
    ...origin,
    external_id: idIn(value, 'id'),
    name: textIn(value, 'elementName') ?? '',
    language: textIn(value, 'languageCode')?.replace('-', '_') ?? null,
    at,
    ...told,
  })
}

function whatIsTold(event: GupshupEvent) {
  const type = textIn(event.value, 'type')
  if (type === 'category-update') return categoryTold(event)
  if (type === 'quality-update') return qualityTold(event)
  // Older status events have no type inside.
  return type === 'status-update' || type === null ? statusTold(event) : null
}

function statusTold({ value }: GupshupEvent) {
  const status = textIn(value, 'status')
  if (status === null) return null
  return {
    change: 'status',
    event: status.toUpperCase(),
    reason: textIn(value, 'rejectedReason'),
    detail: textIn(value, 'description'),
    category: textIn(value, 'category')?.toUpperCase() ?? null,
  } as const
}

/** First `{current, correct}`, and `{old, new}` when it has happened. */
function categoryTold({ value }: GupshupEvent) {
  const category = objectIn(value, 'category')
  const correct = textIn(category, 'correct')?.toUpperCase()
  if (correct !== undefined) {
    const from = textIn(category, 'current')?.toUpperCase() ?? null
    return { change: 'category', step: 'announced', from, to: correct, takes_effect_at: null } as const
  }
  const changed = textIn(category, 'new')?.toUpperCase()
  if (changed === undefined) return null
  const from = textIn(category, 'old')?.toUpperCase() ?? null
  return { change: 'category', step: 'done', from, to: changed, takes_effect_at: null } as const
}

const newKeys = ['newQuality', 'currentQuality', 'quality', 'new', 'current'] as const
const oldKeys = ['oldQuality', 'previousQuality', 'old', 'previous'] as const

/** Gupshup shows no sample of this one, so any likely spelling is read. */
function qualityTold({ value }: GupshupEvent) {
  const inner = objectIn(value, 'quality') ?? value
  const first = (keys: readonly string[]) =>
    keys.map((key) => textIn(inner, key)).find((found) => found !== null)
  const to = first(newKeys)?.toUpperCase()
  if (to === undefined) return null
  return { change: 'quality', from: first(oldKeys)?.toUpperCase() ?? null, to } as const
}
