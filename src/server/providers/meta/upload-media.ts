import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FileToUpload } from '../channel.ts'
import type { MetaConnection } from '../connection.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { graphPath, readAnswer, step, unreadable } from './call-graph.ts'
import type { Pools } from './pools.ts'
import { property, text } from './read-error.ts'
import { request } from './request.ts'

/** A hundred megabytes on a slow line. */
const timeoutMs = 180_000
const bytesMax = 1024 * 1024

/** Hands a file over before it is sent by its id, which is good for 30 days. The file passes through as it is read. */
export async function uploadMedia(
  pools: Pools,
  connection: MetaConnection,
  phoneNumberId: string,
  file: FileToUpload,
): Promise<ProviderAnswer<string>> {
  const boundary = `parley-${randomBytes(16).toString('hex')}`
  const head = Buffer.from(headOf(boundary, file))
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  async function* body(): AsyncGenerator<Buffer> {
    yield head
    for await (const chunk of file.open()) yield Buffer.from(chunk)
    yield tail
  }
  const answer = readAnswer(
    await request(pools.get(new URL(connection.graph_url).origin, 'manage'), {
      method: 'POST',
      path: graphPath(connection, `${step(phoneNumberId)}/media`),
      headers: [
        ...['authorization', `Bearer ${connection.access_token}`, 'accept', 'application/json'],
        ...['content-type', `multipart/form-data; boundary=${boundary}`],
        ...['content-length', String(head.length + file.sizeBytes + tail.length)],
      ],
      body: Readable.from(body(), { objectMode: false }),
      timeoutMs,
      bytesMax,
    }),
  )
  if (!answer.ok) return answer
  const id = text(property(answer.value, 'id'))
  if (id === null) return { ok: false, error: unreadable('The answer has no id of the file.') }
  return { ok: true, value: id }
}

function headOf(boundary: string, { mimeType, fileName }: FileToUpload): string {
  const field = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const name = fileName.replaceAll(/["\\\p{C}]/gu, '_')
  return [
    field('messaging_product', 'whatsapp'),
    field('type', mimeType),
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n`,
    `content-type: ${mimeType}\r\n\r\n`,
  ].join('')
}
