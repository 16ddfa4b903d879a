import { Readable } from 'node:stream'
import { writeXlsxStream } from 'hucre/xlsx'

/** What Excel takes in one cell at most. */
const cellLengthMax = 32_767

/**
 * A workbook with one sheet under a row of headings, written while its rows are read: memory stays the same however many
 * they are. Every cell is text, so no phone loses its zeros and nothing is taken for a formula. Rows beyond the 1,048,576
 * that a sheet holds go on in a second one.
 */
export function writeXlsx(
  name: string,
  headings: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): Readable {
  async function* sheet(): AsyncGenerator<string[]> {
    yield headings.map(xlsxText)
    for await (const cells of rows) yield cells.map(xlsxText)
  }
  return Readable.fromWeb(writeXlsxStream(sheet(), { name: sheetName(name), freezePane: { rows: 1 } }))
}

/** XML has no place for U+FFFE and U+FFFF; `_x0041_` would be read as the character with that number. */
export function xlsxText(text: string): string {
  return text
    .slice(0, cellLengthMax)
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}

/** Excel refuses these characters, more than 31 of them, and an apostrophe at either end. */
export function sheetName(name: string): string {
  const allowed = xlsxText(name.replaceAll(/[\\/?*[\]:\p{Cc}]/gu, ' ').slice(0, 31)).replaceAll(
    /^[' ]+|[' ]+$/g,
    '',
  )
  return allowed === '' || allowed.toLowerCase() === 'history' ? 'Sheet1' : allowed
}
