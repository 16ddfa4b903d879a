import { depthMax } from '../../exact-json.ts'
import type { Json, JsonObject } from '../../fact.ts'
import { measureJson } from './measure-json.ts'
import type { Problems } from './problem.ts'
import { storableText } from './storable-text.ts'

const textLengthMax = 65_536
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
const lossyUtf8 = new TextDecoder('utf-8')
// They would reach into prototypes once somebody copies the object.
const droppedKeys = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Bytes to JSON that is safe to walk and to store: depth and size limited, null-prototype objects, text without
 * NUL and lone surrogates (PostgreSQL refuses both in jsonb). undefined when the bytes are no JSON we accept.
 */
export function decodeBody(body: Uint8Array, problems: Problems): Json | undefined {
  const measured = measureJson(decodeText(body, problems))
  if (!measured.ok) {
    problems.add('$', measured.reason)
    return undefined
  }
  try {
    return copySafely(JSON.parse(measured.text), problems, 0)
  } catch {
    problems.add('$', 'The body is not JSON.')
    return undefined
  }
}

function decodeText(body: Uint8Array, problems: Problems): string {
  try {
    return strictUtf8.decode(body)
  } catch {
    problems.add('$', 'The body is not UTF-8; what could not be read is shown as U+FFFD.')
    return lossyUtf8.decode(body)
  }
}

/** V8 reads 200,000 nested lists without complaint, and what walks them overflows the stack: so the deepest stay behind. */
function copySafely(value: unknown, problems: Problems, depth: number): Json {
  if (typeof value === 'string') return mendedText(value, problems)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  if (depth === depthMax) {
    problems.add('$', `What is nested more than ${depthMax} deep was left out.`)
    return null
  }
  if (Array.isArray(value)) return value.map((each) => copySafely(each, problems, depth + 1))
  const copy: JsonObject = Object.create(null)
  if (typeof value !== 'object') return copy
  for (const [key, each] of Object.entries(value)) {
    if (droppedKeys.has(key)) problems.add('$', `A key named ${key} was dropped.`)
    else copy[mendedText(key, problems)] = copySafely(each, problems, depth + 1)
  }
  return copy
}

function mendedText(text: string, problems: Problems): string {
  if (text.length > textLengthMax) {
    problems.add('$', `A text of ${text.length} characters was cut to ${textLengthMax}.`)
  }
  return storableText(text, textLengthMax)
}
