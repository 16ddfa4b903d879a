export type Json = Record<string, unknown>

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectIn(from: Json | undefined, key: string): Json | undefined {
  const value = from?.[key]
  return isJson(value) ? value : undefined
}

export function textIn(from: Json | undefined, key: string): string | undefined {
  const value = from?.[key]
  return typeof value === 'string' ? value : undefined
}

/** The objects of a list; anything else in it is left out. */
export function objectsIn(from: Json | undefined, key: string): Json[] {
  const value = from?.[key]
  return Array.isArray(value) ? value.filter(isJson) : []
}
