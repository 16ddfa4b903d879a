import type { ListMatch, TemplateVariable, VariableSource } from '../../../contract/index.ts'
import { findPhoneColumn, findUserColumn, foldHeader } from '../../contacts/index.ts'

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
