import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  type FileKind,
  fileKinds,
  type MediaId,
  mediaId,
  type NumberId,
  type WorkspaceId,
} from '../../contract/index.ts'
import type { Upload } from '../files/index.ts'
import { type Ctx, ParleyError } from '../platform/index.ts'
import { mediaPath } from './media-file.ts'
import { deleteMedia, insertTaken } from './queries-outgoing.ts'

export interface TakenFile {
  id: MediaId
  kind: FileKind
  mimeType: string
  fileName: string
  sizeBytes: number
  open: () => AsyncIterable<Uint8Array>
}

/** Keeps a file that is to be sent from a number. Throws payload_too_large when it is more than WhatsApp takes of its kind. */
export async function takeFile(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  upload: Upload & { numberId: NumberId; kind: FileKind; mimeType: string },
): Promise<TakenFile> {
  const { kind, mimeType, fileName, numberId } = upload
  const id = mediaId.parse(ctx.random.id('med'))
  const path = mediaPath(ctx.config, workspaceId, id)
  const { sizeBytes, sha256 } = await storeWhole(path, upload)
  const row = { id, number_id: numberId, mime_type: mimeType, file_name: fileName, sha256 }
  await ctx.db.inWorkspace(workspaceId, (tx) =>
    insertTaken(tx, workspaceId, { ...row, size_bytes: sizeBytes }),
  )
  return { id, kind, mimeType, fileName, sizeBytes, open: () => createReadStream(path) }
}

/** The row first: a file without one is found by nobody. */
export async function dropFile(
  ctx: Pick<Ctx, 'db' | 'config'>,
  workspaceId: WorkspaceId,
  id: MediaId,
): Promise<void> {
  await ctx.db.inWorkspace(workspaceId, (tx) => deleteMedia(tx, workspaceId, id))
  await rm(mediaPath(ctx.config, workspaceId, id), { force: true })
}

async function storeWhole(
  path: string,
  { stream, isCut, kind }: Upload & { kind: FileKind },
): Promise<{ sizeBytes: number; sha256: string }> {
  const digest = createHash('sha256')
  const { bytesMax } = fileKinds[kind]
  let sizeBytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      sizeBytes += chunk.length
      digest.update(chunk)
      done(sizeBytes > bytesMax ? tooLarge(bytesMax) : null, chunk)
    },
  })
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.part`
  try {
    await pipeline(stream, measure, createWriteStream(beside, { mode: 0o600, flush: true }))
    if (isCut()) throw tooLarge(bytesMax)
    if (sizeBytes === 0) throw new ParleyError('validation_failed', 'The file is empty.')
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  return { sizeBytes, sha256: digest.digest('hex') }
}

function tooLarge(bytesMax: number): ParleyError {
  const megabytes = bytesMax / 1024 / 1024
  return new ParleyError('payload_too_large', `WhatsApp takes at most ${megabytes} MB of such a file.`)
}
