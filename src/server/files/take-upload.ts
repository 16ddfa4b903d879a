import type { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { type HttpApp, ParleyError } from '../platform/index.ts'
import { fileLimits } from './read-file.ts'

export interface Upload {
  /** As the browser named it, without signs that can't be seen; only ever shown. */
  fileName: string
  /** What the browser says that it is. */
  mimeType: string
  stream: Readable
  /** Whether the stream was cut off at the limit; known at its end. */
  isCut: () => boolean
}

/** Routes of this scope may take one file: it goes to the disk as it comes in, never as a whole into memory. */
export async function allowUploads(scope: HttpApp, bytesMax = fileLimits.bytesMax): Promise<void> {
  await scope.register(multipart, {
    limits: { fileSize: bytesMax, files: 1, fields: 10, fieldSize: 10_000, headerPairs: 100 },
    throwFileSizeLimit: false,
  })
}

/** The file in the form's field `file`. Throws validation_failed when there is none. */
export async function takeUpload(request: FastifyRequest, otherwiseNamed: string): Promise<Upload> {
  const part = request.isMultipart() ? await request.file() : undefined
  if (part?.fieldname !== 'file') {
    const message = 'Send the file as multipart form data, in the field "file".'
    throw new ParleyError('validation_failed', message, { fields: [{ path: 'file', message }] })
  }
  const fileName = part.filename.replaceAll(/\p{C}/gu, '').slice(-200) || otherwiseNamed
  return { fileName, mimeType: part.mimetype, stream: part.file, isCut: () => part.file.truncated }
}

/** Throws payload_too_large. */
export function refuseCut(upload: Upload, bytesMax = fileLimits.bytesMax): void {
  if (!upload.isCut()) return
  const megabytes = bytesMax / 1024 / 1024
  throw new ParleyError(
    'payload_too_large',
    `The file is larger than ${megabytes} MB. Split it into several files.`,
  )
}
