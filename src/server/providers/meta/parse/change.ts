import type { Fact, FactOrigin, Json, JsonObject, UnknownFact } from '../../fact.ts'
import type { ProviderError } from '../../provider-error.ts'
import type { Problems } from './problem.ts'
import { idIn, isObject, objectIn, textIn, timeIn } from './read-json.ts'

/** One change of a webhook, and where its facts go. */
export interface Change {
  field: string
  value: JsonObject
  origin: FactOrigin
  path: string
  /** When Meta put it together; absent for messages and statuses, which carry times of their own. */
  at: Date | null
  facts: Fact[]
  problems: Problems
}

export function unknownFact(change: Change, type: string | null, value: Json): UnknownFact {
  return { kind: 'unknown', ...change.origin, field: change.field, type, value }
}

/** The time of an item; one that makes no sense is null, and said so. */
export function timeOf(change: Change, item: JsonObject, path: string, key = 'timestamp'): Date | null {
  const { at, isWrong } = timeIn(item, key)
  if (isWrong) change.problems.add(`${path}.${key}`, 'The time makes no sense and was left out.')
  return at
}

/** Meta's list of errors as one: the first, with what the others say as further detail. */
export function errorOf(list: Json[]): ProviderError | null {
  const errors = list.filter(isObject).flatMap((each): ProviderError[] => {
    const code = idIn(each, 'code')
    if (code === null) return []
    const title = textIn(each, 'title') ?? textIn(each, 'message') ?? 'Error'
    return [{ code, title, detail: textIn(objectIn(each, 'error_data'), 'details') }]
  })
  const [first, ...others] = errors
  if (first === undefined || others.length === 0) return first ?? null
  const more = others.map(({ code, title, detail }) => `${code}: ${detail ?? title}`)
  return { ...first, detail: [first.detail, ...more].filter((part) => part !== null).join(' | ') }
}
