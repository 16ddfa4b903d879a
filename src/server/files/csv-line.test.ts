import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvCell, csvLine } from './csv-line.ts'

it.each(['=cmd|x', '+1', '-1', '@sum', '\tx', '\rx', '\0x', '＝1'])(
  'T37 %j is no formula any more',
  (cell) => {
    expect(csvCell(cell).replace(/^"/, '')).toMatch(/^'/)
  },
)

it('any text comes back from a reader as it was, but for the apostrophe', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (cells) => {
      const [read] = parse(csvLine(cells), { record_delimiter: '\r\n' })
      const plain = (read ?? []).map((cell, index) => (cell === cells[index] ? cell : cell.slice(1)))
      expect(plain).toEqual(cells)
    }),
  )
})
