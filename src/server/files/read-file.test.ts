import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { detectDelimiter } from './detect-delimiter.ts'
import { fileLimits, inspectFile, readRows } from './read-file.ts'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hubs-files-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function fileOf(content: string | Buffer): Promise<string> {
  const path = join(directory, `${Math.random()}`)
  await writeFile(path, content)
  return path
}

async function read(content: string | Buffer) {
  const path = await fileOf(content)
  const shape = await inspectFile(path, isPhone)
  const rows: string[][] = []
  for await (const batch of readRows(path, shape, 100)) rows.push(...batch.rows.map((row) => row.cells))
  return { ...shape, rows }
}

const phone = '598091234567'
const isPhone = (cell: string) => /^\d{12}$/.test(cell)

describe('T35 a file', () => {
  it.each([
    ['commas', `phone,name\n${phone},Ana\n`],
    ['semicolons', `phone;name\r\n${phone};Ana\r\n`],
    ['tabs', `phone\tname\n${phone}\tAna`],
    ['pipes', `phone|name\n${phone}|Ana`],
    ['carriage returns only', `phone,name\r${phone},Ana\r`],
    ['a byte order mark', `\uFEFFphone,name\n${phone},Ana`],
    ["Excel's separator line", `sep=;\r\nphone;name\r\n${phone};Ana`],
    ['empty lines', `\n\nphone,name\n\n${phone},Ana\n,\n\n`],
    ['NUL in cells', `phone,name\n${phone},A\0na`],
  ])('with %s is read', async (_, content) => {
    expect(await read(content)).toMatchObject({ columns: ['phone', 'name'], rows: [[phone, 'Ana']] })
  })

  it('keeps delimiters, line breaks and quotes that stand in quotes', async () => {
    const { rows } = await read(`phone,name\n${phone},"Ana, ""la"" \nRocha"\n${phone},5" pipe\n`)
    expect(rows).toEqual([
      [phone, 'Ana, "la" \nRocha'],
      [phone, '5" pipe'],
    ])
  })

  it.each([
    ['utf-16le', Buffer.from(`\uFEFFphone\tname\n${phone}\tñandú`, 'utf16le')],
    ['utf-16le', Buffer.from(`phone\tname\n${phone}\tñandú`, 'utf16le')],
    ['utf-16be', Buffer.from(`\uFEFFphone\tname\n${phone}\tñandú`, 'utf16le').swap16()],
    ['windows-1252', Buffer.from(`phone\tname\n${phone}\tñandú`, 'latin1')],
    ['utf-8', Buffer.from(`phone\tname\n${phone}\tñandú`)],
  ])('in %s is read', async (encoding, content) => {
    expect(await read(content)).toMatchObject({ encoding, rows: [[phone, 'ñandú']] })
  })

  it('in latin-1 is recognised even when the only ñ stands in the last line', async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `${Number(phone) + i},Ana`)
    const content = Buffer.from(['phone,name', ...lines, `${phone},ñandú`].join('\n'), 'latin1')
    expect((await read(content)).rows.at(-1)).toEqual([phone, 'ñandú'])
  })

  it('without a header gets names for its columns and keeps its first row', async () => {
    expect(await read(`Ana;${phone}\nEva;${phone}`)).toMatchObject({
      columns: ['Column 1', 'Column 2'],
      rows: [
        ['Ana', phone],
        ['Eva', phone],
      ],
    })
  })

  it('has each column name once', async () => {
    expect((await read('name,name,,phone\na,b,c,d')).columns).toEqual([
      'name',
      'name (2)',
      'Column 3',
      'phone',
    ])
  })

  it('keeps ragged rows as they are', async () => {
    expect((await read(`phone,name\n${phone}\n${phone},a,b`)).rows).toEqual([[phone], [phone, 'a', 'b']])
  })

  it('of one column only is read', async () => {
    expect((await read(`phone\n${phone}\n`)).rows).toEqual([[phone]])
  })
})

describe('T35 a file is refused, with the way out,', () => {
  it.each([
    ['when empty', '', 'The file is empty.'],
    ['when it has no text', '\n\n', 'The file has no lines with text.'],
    ['when it is a spreadsheet', Buffer.from('PK\x03\x04...'), 'Save it as CSV'],
    [
      'when it is a picture',
      Buffer.from('\x89PNG\x01\x02\x03\x04\x05\x06\x07\x08', 'latin1'),
      'not a text file',
    ],
    ['when a quote never closes', `phone,name\n${phone},"Ana\n${phone},Eva`, 'quotation mark'],
    ['when a line is too long', `phone,name\n${phone},${'x'.repeat(2 * 1024 * 1024)}`, 'longer than 1 MiB'],
    ['when it has too many columns', `${'a,'.repeat(300)}b\n1,2`, `at most ${fileLimits.columnsMax}`],
    ['when a million columns stand in one line', 'a,'.repeat(1_000_000), 'longer than 1 MiB'],
  ])('%s', async (_, content, sentence) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'file_unreadable',
      message: expect.stringContaining(sentence),
    })
  })
})

describe('the delimiter', () => {
  it('is the one that cuts evenly, not the most frequent', () => {
    expect(detectDelimiter('name;amount\nAna;1,50\nEva, Rocha;2,00\nIvo;3\n')).toBe(';')
  })
})
