import { parseExactly, writeExactly } from '../../providers/index.ts'
import type { EventSource } from './event-source.ts'
import { metaFromGupshup } from './meta-from-gupshup.ts'
import { cutOut, findChange } from './meta-match.ts'
import { isObject, type JsonObject, objectIn } from './read-json.ts'

/**
 * The provider's change as it came. Of a webhook with several, the one this event is about: each event is a delivery
 * of its own. null when no webhook told us, its body is not kept any more, or it can't be said in Meta's words.
 */
export function metaChange(source: EventSource): string | null {
  if (source.told === null) return null
  const body = bodyOf(source.told)
  if (body === null) return null
  if (!Array.isArray(body.entry)) {
    const translated = metaFromGupshup(body, source)
    return translated === null ? null : writeExactly(translated)
  }
  const found = findChange(body, source)
  if (found === null) return null
  return found.isAlone ? source.told.body.toString('utf8') : writeExactly(cutOut(body, found))
}

/** The provider's own words about a status, in Meta's form or in Gupshup's. */
export function itemOfStatus(source: EventSource): JsonObject | null {
  const body = source.told === null ? null : bodyOf(source.told)
  if (body === null) return null
  return Array.isArray(body.entry)
    ? (findChange(body, source)?.item?.value ?? null)
    : objectIn(body, 'payload')
}

type Told = NonNullable<EventSource['told']>

/** Events of one webhook share it: it is taken apart once. */
const bodies = new WeakMap<Told, JsonObject | null>()

function bodyOf(told: Told): JsonObject | null {
  const known = bodies.get(told)
  if (known !== undefined) return known
  const body = parseBody(told.body.toString('utf8'))
  bodies.set(told, body)
  return body
}

function parseBody(text: string): JsonObject | null {
  try {
    const body = parseExactly(text)
    return isObject(body) ? body : null
  } catch {
    return null
  }
}
