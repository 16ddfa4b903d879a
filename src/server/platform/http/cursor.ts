import type { Ctx } from '../context.ts'
import { isEqual } from '../crypto.ts'
import { ParleyError } from '../error.ts'

const macLength = 16
const formOfId = /^[a-z]+_[0-9a-f]{32}$/

/** Turns a position in a list into a text that only this hub can have made. */
export function sealCursor({ secrets }: Pick<Ctx, 'secrets'>, position: string): string {
  return `${shortMac(secrets.mac(cursorText(position)))}${Buffer.from(position).toString('base64url')}`
}

/**
 * Throws validation_failed when the cursor was not made by sealCursor, or leads through a list of another kind, whose
 * positions have another form.
 */
export function openCursor(
  { secrets }: Pick<Ctx, 'secrets'>,
  cursor: string,
  form: RegExp = formOfId,
): string {
  const position = Buffer.from(cursor.slice(macLength), 'base64url').toString()
  const isOurs = isEqual(shortMac(secrets.mac(cursorText(position))), cursor.slice(0, macLength))
  if (!isOurs || !form.test(position)) {
    const message = 'Use the next_cursor of the page before.'
    throw new ParleyError('validation_failed', `The cursor is not valid. ${message}`, {
      fields: [{ path: 'cursor', message }],
    })
  }
  return position
}

export interface PageOptions<Row, Item> {
  limit: number
  /** The position after this row. */
  cursorOf: (row: Row) => string
  present: (row: Row) => Item
}

/** Takes up to `limit + 1` rows: the one too many says that there is another page. */
export function page<Row, Item>(
  ctx: Pick<Ctx, 'secrets'>,
  rows: readonly Row[],
  { limit, cursorOf, present }: PageOptions<Row, Item>,
): { data: Item[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return { data: shown.map(present), next_cursor: hasMore ? sealCursor(ctx, cursorOf(last)) : null }
}

/** Named, so that a tag made for something else is no cursor. */
function cursorText(position: string): string {
  return `cursor:${position}`
}

function shortMac(mac: string): string {
  return mac.slice(0, macLength)
}
