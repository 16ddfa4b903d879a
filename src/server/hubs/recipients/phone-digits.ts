const digitsMin = 3

/** What was typed, as digits of a phone; null when it is something else. */
export function phoneDigitsOf(search: string): string | null {
  if (!/^\+?[\d\s().-]+$/.test(search)) return null
  const digits = search.replaceAll(/\D/g, '')
  return digits.length >= digitsMin ? digits : null
}

/** The first text of digits behind all that begin with these; null when there is none. */
export function nextDigits(digits: string): string | null {
  const kept = digits.replace(/9+$/, '')
  if (kept === '') return null
  return `${kept.slice(0, -1)}${Number(kept.at(-1)) + 1}`
}
