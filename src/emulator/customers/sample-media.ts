import { deflateSync } from 'node:zlib'

export interface Sample {
  mimeType: string
  filename: string | undefined
  bytes: Buffer
}

export type SampleKind = 'image' | 'document' | 'audio' | 'video' | 'sticker'

/** A small real file of each kind, made here: no binary lies in the repository. */
export function sampleOf(kind: SampleKind): Sample {
  switch (kind) {
    case 'image':
      return { mimeType: 'image/png', filename: undefined, bytes: evening(320, 200) }
    case 'document':
      return { mimeType: 'application/pdf', filename: 'receipt.pdf', bytes: receipt() }
    case 'audio':
      return { mimeType: 'audio/mpeg', filename: undefined, bytes: silence() }
    case 'video':
      return { mimeType: 'video/mp4', filename: undefined, bytes: emptyFilm() }
    case 'sticker':
      return { mimeType: 'image/webp', filename: undefined, bytes: dot() }
    default:
      return kind satisfies never
  }
}

/** A PNG of an evening sky over the sea. */
function evening(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  let at = 0
  for (let y = 0; y < height; y += 1) {
    at += 1
    for (let x = 0; x < width; x += 1) {
      const depth = y / height
      const isSun = (x - width * 0.62) ** 2 + (y - height * 0.42) ** 2 < 900
      const isSea = depth > 0.6
      const wave = isSea ? Math.sin(x / 9 + y) * 8 : 0
      rows[at] = isSun ? 255 : isSea ? 38 + wave : 240 - depth * 90
      rows[at + 1] = isSun ? 232 : isSea ? 92 + wave : 150 + depth * 30
      rows[at + 2] = isSun ? 170 : isSea ? 122 + wave : 110 + depth * 90
      at += 3
    }
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [chunk('IHDR', size), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...parts])
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'ascii'), data])
  const whole = Buffer.alloc(named.length + 8)
  whole.writeUInt32BE(data.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), named.length + 4)
  return whole
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** A one-page PDF with a right cross-reference table. */
function receipt(): Buffer {
  const drawing =
    'BT /F1 24 Tf 60 700 Td (Receipt) Tj 0 -36 Td /F1 14 Tf (Thank you for your order Q-1042.) Tj ET'
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  return Buffer.from(
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  )
}

/** A second of silence: 38 empty MPEG-1 Layer III frames of 128 kbit/s. */
function silence(): Buffer {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0xc4])
  return Buffer.concat(Array.from({ length: 38 }, () => frame))
}

/** The shortest well-formed MP4: a file type and no tracks. */
function emptyFilm(): Buffer {
  const brand = Buffer.from('\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2', 'latin1')
  return Buffer.concat([brand, Buffer.from('\x00\x00\x00\x08mdat', 'latin1')])
}

/** A one-pixel lossless WebP. */
function dot(): Buffer {
  return Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64')
}
