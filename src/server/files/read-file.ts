import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { CsvError, type Options, parse } from 'csv-parse'
import { type Delimiter, detectDelimiter } from './detect-delimiter.ts'
import { detectEncoding, type Encoding } from './detect-encoding.ts'
import { nameColumns } from './name-columns.ts'
import { unreadable } from './unreadable-file.ts'

export const fileLimits = {
  bytesMax: 200 * 1024 * 1024,
  lineCharactersMax: 1024 * 1024,
  columnsMax: 256,
  rowsMax: 5_000_000,
}

export interface FileShape {
  encoding: Encoding
  delimiter: Delimiter
  columns: string[]
  /** False: the first line is a row already. */
  header: boolean
  bytes: number
}

/** Whether a cell holds data already: a first line with such a cell is no header. */
export type IsData = (cell: string) => boolean

/** How the file is written, from its beginning. Throws file_unreadable. */
export async function inspectFile(path: string, isData: IsData): Promise<FileShape> {
  const encoding = await detectEncoding(path)
  const { size } = await stat(path)
  const delimiter = detectDelimiter(await readSample(path, encoding))
  const plain = { encoding, delimiter, bytes: size }
  for await (const { cells } of readRecords(path, plain)) {
    if (cells.length > fileLimits.columnsMax) {
      throw unreadable(`The file has ${cells.length} columns; at most ${fileLimits.columnsMax} are taken.`, 1)
    }
    const header = !cells.some(isData)
    return { ...plain, header, columns: nameColumns(header ? cells : cells.map(() => '')) }
  }
  throw unreadable('The file has no lines with text.')
}

export interface FileRow {
  /** From 1, without the header. */
  rowNumber: number
  cells: string[]
}

export interface RowBatch {
  rows: FileRow[]
  /** The share of the file that was read, from 0 to 1. */
  progress: number
}

/** The rows behind the header, in batches, never the whole file. Throws file_unreadable naming the line. */
export async function* readRows(path: string, shape: FileShape, batchSize: number): AsyncGenerator<RowBatch> {
  let rows: FileRow[] = []
  let rowNumber = shape.header ? -1 : 0
  for await (const { cells, bytesRead } of readRecords(path, shape)) {
    rowNumber++
    if (rowNumber === 0) continue
    if (rowNumber > fileLimits.rowsMax) {
      throw unreadable(`The file has more than ${fileLimits.rowsMax} rows. Split it into several files.`)
    }
    rows.push({ rowNumber, cells })
    if (rows.length < batchSize) continue
    yield { rows, progress: shape.bytes === 0 ? 1 : Math.min(1, bytesRead / shape.bytes) }
    rows = []
  }
  if (rows.length > 0) yield { rows, progress: 1 }
}

type Plain = Pick<FileShape, 'encoding' | 'delimiter'>

async function* readRecords(
  path: string,
  shape: Plain,
): AsyncGenerator<{ cells: string[]; bytesRead: number }> {
  const source = createReadStream(path, { highWaterMark: 256 * 1024 })
  const parser = parse(parserOptions(shape))
  // pipe() passes no errors on; a disk that fails must end the loop below.
  source.on('error', (error) => parser.destroy(error))
  const decoder = new TextDecoder(shape.encoding)
  const guard = createLineGuard()
  source.on('end', () => parser.end(decoder.decode()))
  source.on('data', (chunk) => {
    if (typeof chunk === 'string') return
    const text = decoder.decode(chunk, { stream: true })
    if (guard.isTooLong(text)) return parser.destroy(unreadable('A line of the file is longer than 1 MiB.'))
    if (parser.write(text)) return
    source.pause()
    parser.once('drain', () => source.resume())
  })
  try {
    let first = true
    for await (const record of parser) {
      const cells = cleanCells(record)
      const isSeparatorLine = first && cells.length <= 2 && /^sep=/i.test(cells[0] ?? '')
      first = false
      if (!isSeparatorLine) yield { cells, bytesRead: source.bytesRead }
    }
  } catch (error) {
    throw error instanceof CsvError ? explain(error) : error
  } finally {
    source.destroy()
    parser.destroy()
  }
}

/** The parser measures cells only: a line of a million empty ones would fill the memory before it is judged. */
function createLineGuard(): { isTooLong(text: string): boolean } {
  let length = 0
  return {
    isTooLong: (text) => {
      const lineEnd = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'))
      length = lineEnd < 0 ? length + text.length : text.length - lineEnd
      return length > fileLimits.lineCharactersMax
    },
  }
}

function parserOptions({ delimiter }: Plain): Options {
  return {
    bom: true,
    delimiter,
    max_record_size: fileLimits.lineCharactersMax,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  }
}

/** PostgreSQL keeps no NUL in text; in a list it is only ever noise. */
function cleanCells(record: unknown): string[] {
  if (!Array.isArray(record)) return []
  return record.map((cell) => (typeof cell === 'string' ? cell.replaceAll('\0', '') : ''))
}

function explain(error: CsvError): Error {
  const line = typeof error.lines === 'number' ? error.lines : 1
  switch (error.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return unreadable(
        `The row at line ${line} is longer than 1 MiB. Is a quotation mark opened before it and never closed?`,
        line,
      )
    case 'CSV_QUOTE_NOT_CLOSED':
      return unreadable(
        `A quotation mark is opened and never closed; the file ends at line ${line}. Close it, or remove it.`,
        line,
      )
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return unreadable(
        `At line ${line} a quotation mark stands inside a quoted cell. Write it twice (""), or remove it.`,
        line,
      )
    default:
      return unreadable(
        `The file can't be read at line ${line}. Save it as CSV anew and upload that file.`,
        line,
      )
  }
}

async function readSample(path: string, encoding: Encoding): Promise<string> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0)
    return new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead), { stream: true })
  } finally {
    await file.close()
  }
}
