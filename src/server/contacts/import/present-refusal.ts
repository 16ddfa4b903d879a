import type { RefusedContact } from '../../../contract/index.ts'
import { explainPhoneProblem } from '../phone.ts'

export interface RefusalRow {
  row_number: number
  cells: string[]
  problem: string
}

export function presentRefusal(columns: readonly string[], row: RefusalRow): RefusedContact {
  const { code, message } = explainRefusal(row.problem)
  const cells = Object.fromEntries(columns.map((column, index) => [column, row.cells[index] ?? '']))
  return { row_number: row.row_number, cells, code, message }
}

/** Why a row was left out, for the person who mends the file. */
export function explainRefusal(problem: string): { code: string; message: string } {
  const colon = problem.indexOf(':')
  const code = colon === -1 ? problem : problem.slice(0, colon)
  return { code, message: explain(code, colon === -1 ? '' : problem.slice(colon + 1)) }
}

function explain(code: string, detail: string): string {
  switch (code) {
    case 'invalid_phone':
      return explainPhoneProblem(detail)
    case 'invalid_user_id':
      return 'The user id is none: it looks like US.13491208655302741918.'
    case 'duplicate':
      return 'An earlier row is the same person: it has this phone or user id.'
    case 'wrong_columns':
      return 'The row has more cells than the header has columns; a delimiter may stand in a cell without quotes.'
    case 'name_too_long':
      return 'The name is longer than 200 characters.'
    case 'value_too_long':
      return `The value of ${detail} is longer than 1,000 characters.`
    case 'consent_unclear':
      return 'Whether the person opted out is not clear: write yes or no, or leave the cell empty.'
    default:
      return 'This row is left out.'
  }
}
