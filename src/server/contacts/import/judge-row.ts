import type { ContactImportMatch } from '../../../contract/index.ts'
import { normalizePhone, phoneVariants } from '../phone.ts'
import { isUserId } from '../user-id.ts'

export interface Person {
  phone: string | null
  user_id: string | null
  name: string | null
  attributes: Record<string, string>
  hasOptedOut: boolean
}

export type RowVerdict = { ok: true; person: Person } | { ok: false; problem: string }

/** Judges the rows of one file from the first to the last: it remembers whom it has seen. */
export interface RowJudge {
  judge(cells: readonly string[]): RowVerdict
}

const nameLengthMax = 200
const valueLengthMax = 1000
const yes = ['yes', 'y', 'true', '1', 'x', 'si', 'sí', 'sim', 'ja', 'stop', 'optedout', 'unsubscribed', 'نعم']
const no = ['', 'no', 'n', 'false', '0', 'nao', 'não', 'nein', 'لا', '-']

export function createRowJudge(columns: readonly string[], match: ContactImportMatch): RowJudge {
  const indexOf = (column: string | undefined) => (column === undefined ? -1 : columns.indexOf(column))
  const [phoneIndex, userIndex] = [indexOf(match.phone), indexOf(match.user_id)]
  const nameIndexes = match.name.map(indexOf)
  const attributes = Object.entries(match.attributes).map(([key, column]) => ({
    key,
    index: indexOf(column),
  }))
  const optOutIndex = indexOf(match.opt_out?.column)
  const seen = new Set<string>()

  function judge(cells: readonly string[]): RowVerdict {
    if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) return refuse('wrong_columns')
    const identity = identify(cells[phoneIndex] ?? '', cells[userIndex]?.trim() ?? '')
    if (!identity.ok) return identity
    const name = nameIndexes.flatMap((index) => cells[index]?.trim() || []).join(' ')
    if (name.length > nameLengthMax) return refuse('name_too_long')
    const values = attributes.flatMap(({ key, index }) => {
      const value = cells[index]?.trim() ?? ''
      return value === '' ? [] : [[key, value] as const]
    })
    const long = values.find(([, value]) => value.length > valueLengthMax)
    if (long) return refuse(`value_too_long:${long[0]}`)
    const hasOptedOut = readOptOut(match, cells[optOutIndex])
    if (hasOptedOut === null) return refuse('consent_unclear')
    if (isRepeated(seen, identity)) return refuse('duplicate')
    const { phone, user_id } = identity
    return {
      ok: true,
      person: { phone, user_id, name: name || null, attributes: Object.fromEntries(values), hasOptedOut },
    }
  }
  return { judge }
}

type IdentityVerdict =
  | { ok: true; phone: string | null; user_id: string | null }
  | { ok: false; problem: string }

function identify(phoneCell: string, userCell: string): IdentityVerdict {
  if (userCell !== '' && !isUserId(userCell)) return { ok: false, problem: 'invalid_user_id' }
  const user_id = userCell === '' ? null : userCell
  const phone = normalizePhone(phoneCell)
  if (phone.ok) return { ok: true, phone: phone.phone, user_id }
  if (phone.reason === 'empty' && user_id !== null) return { ok: true, phone: null, user_id }
  return { ok: false, problem: `invalid_phone:${phone.reason}` }
}

/** A date is the day of it, as our own exports write it. Null: neither a yes nor a no. */
function readOptOut({ opt_out }: ContactImportMatch, cell: string | undefined): boolean | null {
  if (opt_out === undefined) return false
  if (opt_out.column === undefined) return true
  const word = (cell ?? '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '')
  if (no.includes(word) || word === '') return false
  return yes.includes(word) || /^\d{4}-?\d{2}-?\d{2}/.test((cell ?? '').trim()) ? true : null
}

/** Other ways to write the phone are the same person. */
function isRepeated(
  seen: Set<string>,
  { phone, user_id }: { phone: string | null; user_id: string | null },
): boolean {
  const keys = [...(phone === null ? [] : phoneVariants(phone)), ...(user_id === null ? [] : [user_id])]
  const isKnown = keys.some((key) => seen.has(key))
  for (const key of keys) seen.add(key)
  return isKnown
}

function refuse(problem: string): RowVerdict {
  return { ok: false, problem }
}
