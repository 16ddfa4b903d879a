import type { ListMatch, VariableSource } from '../../../contract/index.ts'
import { normalizePhone } from '../../contacts/index.ts'

/** A match made ready for a million rows: columns looked up once. */
export interface RowReader {
  columnCount: number
  phoneIndex: number
  variables: { key: string; source: VariableSource; index: number }[]
}

export function createRowReader(
  columns: readonly string[],
  { phone, variables }: Pick<ListMatch, 'phone' | 'variables'>,
): RowReader {
  return {
    columnCount: columns.length,
    phoneIndex: columns.indexOf(phone),
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
  /** As in recipients.problem; whether the phone is a duplicate, only the table knows. */
  problem: string | null
}

/** Phone first: what stands in a row that reaches nobody does not matter. */
export function checkRow(reader: RowReader, cells: readonly string[]): RowVerdict {
  if (hasWrongColumns(reader, cells)) return { phone: null, problem: 'wrong_columns' }
  const phone = normalizePhone(cells[reader.phoneIndex] ?? '')
  if (!phone.ok) return { phone: null, problem: `invalid_phone:${phone.reason}` }
  return { phone: phone.phone, problem: missingVariable(reader, cells) }
}

/** What a contact knows is looked up when the message is made; here it counts as there. */
function missingVariable(reader: RowReader, cells: readonly string[]): string | null {
  const missing = reader.variables.find(
    ({ source, index }) => source.attribute === undefined && readSource(source, cells[index]) === '',
  )
  return missing ? `missing_variable:${missing.key}` : null
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
