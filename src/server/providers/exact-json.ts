// Ids of 16 digits and more don't fit a JavaScript number: they travel as marked text and come out as they went in.
const longNumber = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g
const marked = /"\\u0000(-?\d+)"/g

/** Deeper than any provider nests; V8 reads 200,000 nested lists, and what walks them afterwards overflows the stack. */
export const depthMax = 64

/** For what is taken apart and passed on: `writeExactly` gives every number back as it was written. */
export function parseExactly(text: string): unknown {
  const whole: unknown = JSON.parse(
    text.replace(longNumber, (token) => (token.startsWith('"') ? token : `"\\u0000${token}"`)),
  )
  return withoutDepths(whole, 0)
}

function withoutDepths(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth === depthMax) return null
  for (const [key, each] of Object.entries(value)) Reflect.set(value, key, withoutDepths(each, depth + 1))
  return value
}

export function writeExactly(value: unknown): string {
  return JSON.stringify(value).replace(marked, '$1')
}
