import { open } from 'node:fs/promises'
import { unreadable } from './unreadable-file.ts'

/** Labels of TextDecoder. windows-1252 holds all of latin-1 and never fails. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const sampleBytes = 64 * 1024
const scanBytes = 1024 * 1024

/** Throws file_unreadable for what is no text at all: spreadsheets, archives, pictures. */
export async function detectEncoding(path: string): Promise<Encoding> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0)
    const sample = buffer.subarray(0, bytesRead)
    refuseOtherFormats(sample)
    const byMark = encodingByMark(sample) ?? encodingByZeros(sample)
    if (byMark) return byMark
    refuseBinary(sample)
    // The first bytes prove nothing: a single "ñ" may stand in the last line.
    return (await isUtf8(file)) ? 'utf-8' : 'windows-1252'
  } finally {
    await file.close()
  }
}

function refuseOtherFormats(sample: Buffer): void {
  if (sample.length === 0) throw unreadable('The file is empty.')
  const magic = sample.subarray(0, 4).toString('latin1')
  if (magic.startsWith('PK')) {
    throw unreadable(
      'This is a spreadsheet (XLSX or ODS) or an archive. Save it as CSV and upload that file.',
    )
  }
  if (magic === '\xd0\xcf\x11\xe0') {
    throw unreadable('This is an old Excel file (XLS). Save it as CSV and upload that file.')
  }
  if (magic === '%PDF') throw unreadable('This is a PDF. Upload a CSV file.')
}

function encodingByMark(sample: Buffer): Encoding | null {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8'
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  return null
}

/** UTF-16 without a mark: digits and delimiters leave a zero in every other byte. */
function encodingByZeros(sample: Buffer): Encoding | null {
  let even = 0
  let odd = 0
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue
    if (index % 2 === 0) even++
    else odd++
  }
  const many = sample.length * 0.2
  if (odd > many && even < odd / 20) return 'utf-16le'
  if (even > many && odd < even / 20) return 'utf-16be'
  return null
}

function refuseBinary(sample: Buffer): void {
  const control = sample.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13).length
  if (control > sample.length * 0.05) throw unreadable('This is not a text file. Upload a CSV file.')
}

async function isUtf8(file: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const buffer = Buffer.alloc(scanBytes)
  try {
    for (let position = 0; ; ) {
      const { bytesRead } = await file.read(buffer, 0, scanBytes, position)
      decoder.decode(buffer.subarray(0, bytesRead), { stream: bytesRead > 0 })
      if (bytesRead === 0) return true
      position += bytesRead
    }
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
