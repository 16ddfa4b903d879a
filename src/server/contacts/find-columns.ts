import { isUserHeader, rankPhoneHeader } from './header-words.ts'
import { normalizePhone } from './phone.ts'
import { isUserId } from './user-id.ts'

type Rows = readonly (readonly string[])[]

/** A first line with such a cell is no header. */
export function holdsPhone(cell: string): boolean {
  return /\d{7}/.test(cell.replace(/\D/g, '')) && normalizePhone(cell).ok
}

/** By header first, the fuller column where several could be meant; else the column most cells of which are phones. */
export function findPhoneColumn(
  columns: readonly string[],
  sample: Rows,
  user: string | undefined,
): string | null {
  const candidates = columns.flatMap((column, index) =>
    column === user
      ? []
      : [{ column, rank: rankPhoneHeader(column), share: shareOf(sample, index, isPhone) }],
  )
  const named = candidates
    .filter(({ rank, share }) => rank !== null && (sample.length === 0 || share > 0))
    .sort((a, b) => Math.round(b.share * 4) - Math.round(a.share * 4) || (a.rank ?? 0) - (b.rank ?? 0))
  if (named[0]) return named[0].column
  const fullest = candidates.toSorted((a, b) => b.share - a.share)[0]
  return fullest && fullest.share >= 0.6 ? fullest.column : null
}

/** Called like one and holding some, or holding little else. */
export function findUserColumn(columns: readonly string[], sample: Rows): string | undefined {
  return columns.find((column, index) => {
    const share = shareOf(sample, index, isUserId)
    return share >= 0.6 || (isUserHeader(column) && (share > 0 || sample.length === 0))
  })
}

function isPhone(cell: string): boolean {
  return normalizePhone(cell).ok
}

function shareOf(sample: Rows, index: number, isOne: (cell: string) => boolean): number {
  const cells = sample.map((row) => row[index]?.trim() ?? '').filter((cell) => cell !== '')
  return cells.length === 0 ? 0 : cells.filter(isOne).length / cells.length
}
