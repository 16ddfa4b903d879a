export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectIn(object: JsonObject, key: string): JsonObject {
  const value = object[key]
  return isObject(value) ? value : {}
}

export function objectsIn(object: JsonObject, key: string): JsonObject[] {
  const value = object[key]
  return Array.isArray(value) ? value.filter(isObject) : []
}

export function textIn(object: JsonObject, key: string): string | null {
  const value = object[key]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

/** Without the keys that have nothing to say. */
export function present(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== null && value !== undefined),
  )
}

// Ids of 16 digits and more don't fit a JavaScript number: they travel as marked text and come out as they went in.
const longNumber = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g
const marked = /"\\u0000(-?\d+)"/g

export function parseExactly(text: string): unknown {
  return JSON.parse(
    text.replace(longNumber, (token) => (token.startsWith('"') ? token : `"\\u0000${token}"`)),
  )
}

export function writeExactly(value: unknown): string {
  return JSON.stringify(value).replace(marked, '$1')
}
