// Ids of 16 digits and more don't fit a JavaScript number: they travel as marked text and come out as they went in.
const longNumber = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g
const marked = /"\\u0000(-?\d+)"/g

/** For what is taken apart and passed on: `writeExactly` gives every number back as it was written. */
export function parseExactly(text: string): unknown {
  return JSON.parse(
    text.replace(longNumber, (token) => (token.startsWith('"') ? token : `"\\u0000${token}"`)),
  )
}

export function writeExactly(value: unknown): string {
  return JSON.stringify(value).replace(marked, '$1')
}
