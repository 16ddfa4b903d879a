import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { type CellValue, readXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { sheetName, writeXlsx, xlsxText } from './write-xlsx.ts'

async function* rowsOf(rows: readonly string[][]) {
  yield* rows
}

async function readBack(rows: readonly string[][]): Promise<CellValue[][]> {
  const { sheets } = await readXlsx(await buffer(writeXlsx('Orders', ['a', 'b'], rowsOf(rows))))
  return sheets[0]?.rows ?? []
}

describe('a workbook', () => {
  it.each([
    '=cmd|x',
    '+598',
    '-1',
    '@sum',
    '0123',
    '598091234567890123',
    'TRUE',
    '2026-01-01',
    '_x0041_',
    'a\u0000b',
  ])('T37 %j is text, and comes back as it was', async (cell) => {
    expect((await readBack([[cell, 'b']]))[1]).toEqual([cell, 'b'])
  })

  it('takes any text', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(text, async (cell) => {
        expect((await readBack([[cell, 'b']]))[1]).toEqual([
          cell.replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD'),
          'b',
        ])
      }),
    )
  })

  it('cuts what Excel refuses: characters that XML has no place for, and more of them than a cell holds', () => {
    expect(xlsxText('a\uFFFFb')).toBe('a\uFFFDb')
    expect(xlsxText('x'.repeat(40_000))).toHaveLength(32_767)
  })

  it('reads no more rows than are asked for, and ends the reading when nobody wants them any more', async () => {
    let read = 0
    let hasEnded = false
    async function* endless() {
      try {
        for (;;) {
          read += 1
          yield [String(Math.random()), 'b']
        }
      } finally {
        hasEnded = true
      }
    }
    const file = writeXlsx('Orders', ['a', 'b'], endless())
    for await (const _ of file) break
    await expect.poll(() => hasEnded).toBe(true)
    expect(read).toBeLessThan(200_000)
  })

  it('breaks off where its rows do', async () => {
    async function* broken() {
      yield ['1', '2']
      throw new Error('the database is gone')
    }
    await expect(buffer(writeXlsx('Orders', ['a', 'b'], broken()))).rejects.toThrow('the database is gone')
  })

  it.each([
    ['Orders [May] 1/2: all?', 'Orders  May  1 2  all'],
    ["'quoted'", 'quoted'],
    ['History', 'Sheet1'],
    ['***', 'Sheet1'],
    ['a'.repeat(40), 'a'.repeat(31)],
  ])('names its sheet as Excel allows: %s', (name, allowed) => {
    expect(sheetName(name)).toBe(allowed)
  })
})
