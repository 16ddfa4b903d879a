import type { JsonObject } from '../providers/index.ts'

const lengthMax = 500
/** Said by the line itself, or of no use to anybody who reads it. */
const silentKey = /^(event|type|initiator)$|(^|_)(id|ids|mid|time|timestamp|date)$/

/** What news say of which nothing follows: `pricing category UTILITY, tier 25000001:50000000`; null when they say no more. */
export function wordsIn(value: JsonObject): string | null {
  const words = Object.entries(value).flatMap(([key, one]) =>
    isObject(one) ? partsOf(one) : partOf(key, one),
  )
  return words.length === 0 ? null : words.join(', ').slice(0, lengthMax)
}

function partsOf(value: JsonObject): string[] {
  return Object.entries(value).flatMap(([key, one]) => partOf(key, one))
}

function partOf(key: string, value: unknown): string[] {
  if (silentKey.test(key)) return []
  const texts = (Array.isArray(value) ? value : [value]).filter(
    (one) => typeof one === 'string' && one !== '',
  )
  return texts.length === 0 ? [] : [`${key.replaceAll('_', ' ')} ${texts.join(' ')}`]
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
