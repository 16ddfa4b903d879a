// With the flag u this matches halves of surrogate pairs only where the other half is missing.
const loneSurrogate = /\p{Surrogate}/gu
const NUL = '\0'

/** Text that PostgreSQL takes, in text and in jsonb: no NUL, no lone surrogates, at most `lengthMax` UTF-16 units. */
export function storableText(text: string, lengthMax: number): string {
  const cut = text.length > lengthMax ? text.slice(0, lengthMax) : text
  return cut.replaceAll(NUL, '\ufffd').replace(loneSurrogate, '\ufffd')
}
