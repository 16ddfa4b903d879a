import type { ListMatch, TemplateVariable, VariableSource } from '../../../contract/index.ts'
import { isUserId, normalizePhone } from '../../contacts/index.ts'
import { foldHeader, isUserHeader, rankPhoneHeader } from './header-words.ts'

export interface MatchQuestion {
  columns: readonly string[]
  /** The first rows of the file: what stands in a column tells more than its name. */
  sample: readonly (readonly string[])[]
  variables: readonly TemplateVariable[]
  /** The match of the hub's last list with the same columns. */
  remembered: ListMatch | null
}

/** The match we would choose; null when no column looks like phones or user ids. Variables without a likely column are left out. */
export function suggestMatch({ columns, sample, variables, remembered }: MatchQuestion): ListMatch | null {
  const user = remembered ? remembered.user_id : findUserColumn(columns, sample)
  const phone = remembered ? remembered.phone : (findPhoneColumn(columns, sample, user) ?? '')
  if (!columns.includes(phone || (user ?? ''))) return null
  const others = columns.filter((column) => column !== phone && column !== user)
  const suggested: Record<string, VariableSource> = {}
  for (const variable of variables) {
    const source =
      remembered?.variables[variable.key] ?? sourceByName(variable, others) ?? sourceByPlace(variable, others)
    if (source) suggested[variable.key] = source
  }
  return { phone, ...(user === undefined ? {} : { user_id: user }), variables: suggested }
}

/** By header first, the fuller column where several could be meant; else the column most cells of which are phones. */
function findPhoneColumn(
  columns: readonly string[],
  sample: MatchQuestion['sample'],
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
function findUserColumn(columns: readonly string[], sample: MatchQuestion['sample']): string | undefined {
  return columns.find((column, index) => {
    const share = shareOf(sample, index, isUserId)
    return share >= 0.6 || (isUserHeader(column) && (share > 0 || sample.length === 0))
  })
}

function isPhone(cell: string): boolean {
  return normalizePhone(cell).ok
}

function shareOf(sample: MatchQuestion['sample'], index: number, isOne: (cell: string) => boolean): number {
  const cells = sample.map((row) => row[index]?.trim() ?? '').filter((cell) => cell !== '')
  return cells.length === 0 ? 0 : cells.filter(isOne).length / cells.length
}

/** A named variable in the column of its name; "1" in a column called 1, var1 or {{1}}. */
function sourceByName({ key }: TemplateVariable, columns: readonly string[]): VariableSource | null {
  const wanted = foldHeader(key)
  const names = /^\d+$/.test(key) ? [key, `var${key}`, `variable${key}`, `param${key}`] : [wanted]
  const column = columns.find((candidate) => names.includes(foldHeader(candidate)))
  return column === undefined ? null : { column }
}

/** Positional variables of the body take the columns behind the phone in the order of the file. */
function sourceByPlace({ key, place }: TemplateVariable, columns: readonly string[]): VariableSource | null {
  if (place !== 'body' || !/^\d+$/.test(key)) return null
  const column = columns[Number(key) - 1]
  return column === undefined ? null : { column }
}
