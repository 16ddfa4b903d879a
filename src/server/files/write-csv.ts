import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** The mark makes Excel read UTF-8. */
export const byteOrderMark = '\uFEFF'

/** `list` where nothing of the name can stand in a file's. */
export function safeFileName(name: string, otherwise: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80) || otherwise
}

export interface CsvExport {
  fileName: string
  lines: AsyncGenerator<string>
}

/** As it is read, never as a whole in memory. */
export function sendCsv(reply: FastifyReply, { fileName, lines }: CsvExport): FastifyReply {
  return reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .send(Readable.from(lines))
}
