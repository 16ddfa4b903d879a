import { parse } from 'csv-parse/sync'

const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** The delimiter that cuts most lines of the sample into the same number of cells; a comma when none does. */
export function detectDelimiter(sample: string): Delimiter {
  const named = /^\uFEFF?sep=([,;\t|])\r?\n/i.exec(sample)?.[1]
  const byName = delimiters.find((delimiter) => delimiter === named)
  if (byName) return byName
  const whole = withoutCutLine(sample)
  const best = delimiters
    .map((delimiter) => ({ delimiter, ...measure(whole, delimiter) }))
    .filter(({ columns }) => columns > 1)
    .sort((a, b) => b.evenShare - a.evenShare || b.columns - a.columns)
  return best[0]?.delimiter ?? ','
}

function measure(sample: string, delimiter: Delimiter): { columns: number; evenShare: number } {
  const lengths = parseSample(sample, delimiter).map((cells) => cells.length)
  const columns = lengths[0] ?? 0
  const even = lengths.filter((length) => length === columns).length
  return { columns, evenShare: lengths.length === 0 ? 0 : even / lengths.length }
}

function parseSample(sample: string, delimiter: Delimiter): string[][] {
  try {
    return parse(sample, {
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      to: 100,
    })
  } catch {
    // A quote that opens in the sample and closes behind it: this delimiter can't be judged.
    return []
  }
}

/** The sample ends somewhere within a line, which would look uneven. */
function withoutCutLine(sample: string): string {
  const end = Math.max(sample.lastIndexOf('\n'), sample.lastIndexOf('\r'))
  return end > 0 ? sample.slice(0, end) : sample
}
