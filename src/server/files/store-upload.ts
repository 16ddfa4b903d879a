import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Ctx } from '../platform/index.ts'

/** Where a list's file lies until its rows are read. The name is made by us, never taken from the upload. */
export function pathOfFile({ config }: Pick<Ctx, 'config'>, fileKey: string): string {
  return join(config.dataDir, 'files', fileKey)
}

export async function storeUpload(
  ctx: Pick<Ctx, 'config'>,
  fileKey: string,
  upload: Readable,
): Promise<number> {
  const path = pathOfFile(ctx, fileKey)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = createWriteStream(path, { mode: 0o600 })
  await pipeline(upload, file)
  return file.bytesWritten
}

export async function removeFile(ctx: Pick<Ctx, 'config'>, fileKey: string): Promise<void> {
  await rm(pathOfFile(ctx, fileKey), { force: true })
}
