import { type Fault, fault } from '../faults/faults.ts'
import type { Json } from '../json.ts'

const LIMIT_DEFAULT = 25
const LIMIT_MAX = 1000

interface PageAsk {
  limit: unknown
  after: unknown
  before: unknown
  /** Address of this list without paging, to build `next` from. */
  url: URL
}

/** A page with Meta's cursors; `next` is missing on the last one. */
export function pageOf<Row>(
  rows: readonly Row[],
  ask: PageAsk,
): { page: readonly Row[]; paging: Json | undefined } | { fault: Fault } {
  const limit = ask.limit === undefined ? LIMIT_DEFAULT : Number(ask.limit)
  if (!Number.isInteger(limit) || limit < 1)
    return { fault: fault(100, 'Param limit must be a positive integer.') }
  const size = Math.min(limit, LIMIT_MAX)
  const after = position(ask.after)
  const before = position(ask.before)
  if (after === 'invalid' || before === 'invalid') return { fault: fault(131059) }
  const start = before === undefined ? (after ?? 0) : Math.max(0, before - 1 - size)
  const end = before === undefined ? start + size : Math.max(0, before - 1)
  const page = rows.slice(start, end)
  if (page.length === 0) return { page, paging: undefined }
  const cursors = { before: cursor(start + 1), after: cursor(start + page.length) }
  const paging: Json = { cursors }
  if (start + page.length < rows.length) paging.next = linkWith(ask.url, 'after', cursors.after, size)
  if (start > 0) paging.previous = linkWith(ask.url, 'before', cursors.before, size)
  return { page, paging }
}

// Meta's cursors are opaque; ours are the position of a row, counted from one, dressed in base64.
function cursor(position: number): string {
  return `${Buffer.from(`row:${position}`).toString('base64url')}ZD`
}

function position(value: unknown): number | undefined | 'invalid' {
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string' || !value.endsWith('ZD')) return 'invalid'
  const match = /^row:(\d+)$/.exec(Buffer.from(value.slice(0, -2), 'base64url').toString())
  return match === null ? 'invalid' : Number(match[1])
}

function linkWith(url: URL, direction: 'after' | 'before', value: string, limit: number): string {
  const link = new URL(url)
  link.searchParams.delete('after')
  link.searchParams.delete('before')
  link.searchParams.set('limit', String(limit))
  link.searchParams.set(direction, value)
  return link.href
}
