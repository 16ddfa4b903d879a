/** Both ends count, as in HTTP. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * What of a file of `size` bytes a `Range` header asks for: one range; null for the whole file, also when the header is
 * not understood or asks for several; `unsatisfiable` when it begins behind the end. RFC 9110 §14.
 */
export function readRange(header: string | undefined, size: number): ByteRange | null | 'unsatisfiable' {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return null
  return start >= size ? 'unsatisfiable' : { start, end }
}
