import { property, text } from './read-error.ts'

/** `data` of a list; every list of the Graph API has this form. */
export function rowsIn(value: unknown): unknown[] {
  const data = property(value, 'data')
  return Array.isArray(data) ? data : []
}

/** The cursor of the next page; Meta leaves `next` out on the last one. */
export function nextPageOf(value: unknown): string | null {
  const paging = property(value, 'paging')
  if (text(property(paging, 'next')) === null) return null
  return text(property(property(paging, 'cursors'), 'after'))
}

/** The texts of a list; anything else in it is left out. */
export function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
