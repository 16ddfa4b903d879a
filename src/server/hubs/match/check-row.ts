import type { ListMatch, VariableSource } from '../../../contract/index.ts'
import { isUserId, normalizePhone } from '../../contacts/index.ts'
import { checkParameters, type FillableTemplate, fillTemplate } from '../../templates/index.ts'

/** A match made ready for a million rows: columns looked up once. */
export interface RowReader {
  columnCount: number
  phoneIndex: number
  userIndex: number
  variables: { key: string; source: VariableSource; index: number }[]
  /** What the values must fit; null when that is not known yet. */
  template: FillableTemplate | null
  /** Stands for what contacts know, which is looked up only when messages are made. */
  standIns: Record<string, string>
}

/** Fits any variable: a text, the end of an address, a file. */
const standIn = 'https://a'

export function createRowReader(
  columns: readonly string[],
  { phone, user_id, variables }: Pick<ListMatch, 'phone' | 'user_id' | 'variables'>,
  template: FillableTemplate | null = null,
): RowReader {
  const attributes = Object.values(variables).flatMap(({ attribute }) => attribute ?? [])
  return {
    template,
    standIns: Object.fromEntries(attributes.map((attribute) => [attribute, standIn])),
    columnCount: columns.length,
    phoneIndex: columns.indexOf(phone),
    userIndex: user_id === undefined ? -1 : columns.indexOf(user_id),
    variables: Object.entries(variables).map(([key, source]) => ({
      key,
      source,
      index: source.column === undefined ? -1 : columns.indexOf(source.column),
    })),
  }
}

/** More cells than columns: a delimiter inside a cell has moved the rest, so no cell can be trusted. */
export function hasWrongColumns({ columnCount }: RowReader, cells: readonly string[]): boolean {
  return cells.slice(columnCount).some((cell) => cell.trim() !== '')
}

export interface RowVerdict {
  phone: string | null
  user_id: string | null
  /** As in recipients.problem; whether the phone is a duplicate, only the table knows. */
  problem: string | null
}

/** Who it is first: what stands in a row that reaches nobody does not matter. A user id reaches people without a phone. */
export function checkRow(reader: RowReader, cells: readonly string[]): RowVerdict {
  if (hasWrongColumns(reader, cells)) return { phone: null, user_id: null, problem: 'wrong_columns' }
  const phone = normalizePhone(cells[reader.phoneIndex] ?? '')
  const told = cells[reader.userIndex]?.trim() ?? ''
  const user_id = isUserId(told) ? told : null
  if (!phone.ok && user_id === null) {
    const reason = phone.reason === 'empty' && told !== '' ? 'user_id' : phone.reason
    return { phone: null, user_id: null, problem: `invalid_phone:${reason}` }
  }
  const problem = missingVariable(reader, cells) ?? wrongValue(reader, cells)
  return { phone: phone.ok ? phone.phone : null, user_id, problem }
}

/** What a contact knows is looked up when the message is made; here it counts as there. */
function missingVariable(reader: RowReader, cells: readonly string[]): string | null {
  const missing = reader.variables.find(
    ({ source, index }) => source.attribute === undefined && readSource(source, cells[index]) === '',
  )
  return missing ? `missing_variable:${missing.key}` : null
}

/** What the provider would refuse: the start asks again, with what contacts know. */
function wrongValue(reader: RowReader, cells: readonly string[]): string | null {
  if (reader.template === null) return null
  const filled = fillTemplate(reader.template, readVariables(reader, cells, reader.standIns))
  if (!filled.ok) return null
  const [wrong] = checkParameters(reader.template, filled.template)
  return wrong ? `wrong_value:${wrong.key}: ${wrong.message}` : null
}

/** The values of one row by variable key; an empty text where nothing is to be had. */
export function readVariables(
  reader: RowReader,
  cells: readonly string[],
  attributes: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    reader.variables.map(({ key, source, index }) => {
      const found = source.attribute === undefined ? cells[index] : attributes[source.attribute]
      return [key, readSource(source, found)]
    }),
  )
}

function readSource(source: VariableSource, found: string | undefined): string {
  return cleanValue(source.constant ?? found ?? '') || cleanValue(source.fallback ?? '')
}

/**
 * Meta refuses parameters with line breaks, tabs or more than four blanks in a row (error 132018, read 2026-11).
 * Values are data: braces in them stay as they are.
 */
function cleanValue(text: string): string {
  return text
    .replaceAll(/[\r\n\t\v\f]+/g, ' ')
    .replaceAll(/ {4,}/g, '   ')
    .trim()
}
