/**
 * JSON can spell what no text in PostgreSQL can hold: NUL, and halves of characters. The path of the first that stands in
 * a value, null when none does.
 */
export function findUnstorable(value: unknown, path: readonly PropertyKey[] = []): PropertyKey[] | null {
  if (typeof value === 'string') return isStorable(value) ? null : [...path]
  if (typeof value !== 'object' || value === null) return null
  for (const [key, each] of Object.entries(value)) {
    if (!isStorable(key)) return [...path]
    const found = findUnstorable(each, [...path, Array.isArray(value) ? Number(key) : key])
    if (found !== null) return found
  }
  return null
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text)
}
