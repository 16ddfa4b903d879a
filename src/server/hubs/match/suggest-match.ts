import type { ListMatch, TemplateVariable, VariableSource } from '../../../contract/index.ts'
import { normalizePhone } from '../../contacts/index.ts'
import { foldHeader, rankPhoneHeader } from './header-words.ts'

export interface MatchQuestion {
  columns: readonly string[]
  /** The first rows of the file: what stands in a column tells more than its name. */
  sample: readonly (readonly string[])[]
  variables: readonly TemplateVariable[]
  /** The match of the hub's last list with the same columns. */
  remembered: ListMatch | null
}

/** The match we would choose; null when no column looks like phones. Variables without a likely column are left out. */
export function suggestMatch({ columns, sample, variables, remembered }: MatchQuestion): ListMatch | null {
  const phone = remembered?.phone ?? findPhoneColumn(columns, sample)
  if (phone === null || !columns.includes(phone)) return null
  const others = columns.filter((column) => column !== phone)
  const suggested: Record<string, VariableSource> = {}
  for (const variable of variables) {
    const source =
      remembered?.variables[variable.key] ?? sourceByName(variable, others) ?? sourceByPlace(variable, others)
    if (source) suggested[variable.key] = source
  }
  return { phone, variables: suggested }
}

/** By header first, the fuller column where several could be meant; else the column most cells of which are phones. */
function findPhoneColumn(columns: readonly string[], sample: MatchQuestion['sample']): string | null {
  const candidates = columns.map((column, index) => ({
    column,
    rank: rankPhoneHeader(column),
    share: shareOfPhones(sample, index),
  }))
  const named = candidates
    .filter(({ rank, share }) => rank !== null && (sample.length === 0 || share > 0))
    .sort((a, b) => Math.round(b.share * 4) - Math.round(a.share * 4) || (a.rank ?? 0) - (b.rank ?? 0))
  if (named[0]) return named[0].column
  const fullest = candidates.toSorted((a, b) => b.share - a.share)[0]
  return fullest && fullest.share >= 0.6 ? fullest.column : null
}

function shareOfPhones(sample: MatchQuestion['sample'], index: number): number {
  const cells = sample.map((row) => row[index]?.trim() ?? '').filter((cell) => cell !== '')
  if (cells.length === 0) return 0
  return cells.filter((cell) => normalizePhone(cell).ok).length / cells.length
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
