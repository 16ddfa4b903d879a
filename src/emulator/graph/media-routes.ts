import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import type { Emulator } from '../emulator.ts'
import { fault, missingObject } from '../faults/faults.ts'
import { type MediaFile, mediaLink } from '../world/media.ts'
import { assetFault, authorize } from './authorize.ts'
import { type GraphAnswer, type GraphCall, graphRoute, numberOf } from './graph-route.ts'

const UPLOAD_BYTES_MAX = 100 * 1024 * 1024
const KIBI = 1024
const MEBI = 1024 * 1024

// Meta, media page, as of 2025.
const SIZE_MAX_BY_TYPE: ReadonlyArray<readonly [pattern: RegExp, bytes: number]> = [
  [/^audio\/(aac|amr|mpeg|mp4|ogg)/, 16 * MEBI],
  [/^image\/(jpeg|png)$/, 5 * MEBI],
  [/^image\/webp$/, 500 * KIBI],
  [/^video\/(3gpp|mp4)$/, 16 * MEBI],
  [/^(text\/plain|application\/(pdf|msword|vnd\.ms-|vnd\.openxmlformats-officedocument\.))/, 100 * MEBI],
]

export function registerMediaRoutes(http: FastifyInstance, emulator: Emulator): void {
  http.register(multipart, { limits: { fileSize: UPLOAD_BYTES_MAX, files: 1 } })
  graphRoute(http, emulator, 'POST', '/:id/media', uploadMedia)
  http.get('/whatsapp_business/attachments/', async (request, reply) => {
    const query = new URL(request.url, 'http://emulator').searchParams
    const { authorization } = request.headers
    const caller = authorize(emulator.world, { authorization, accessToken: undefined, proof: undefined })
    if (caller.grant === undefined) return reply.code(401).type('text/html').send('<h1>Unauthorized</h1>')
    const media = emulator.world.media.find(query.get('mid') ?? '', Date.now())
    const isFresh = Number(query.get('ext')) * 1000 > Date.now()
    const isAllowed = media !== undefined && caller.grant.wabaIds.has(media.wabaId)
    if (!isAllowed || !isFresh || query.get('hash') !== media.hash) {
      return reply.code(404).type('text/html').send('<h1>Not Found</h1>')
    }
    return reply.type(media.mimeType).header('content-length', media.bytes.length).send(media.bytes)
  })
}

/** `GET /{media_id}`: where to download, for five minutes. */
export function describeMedia(call: GraphCall, media: MediaFile): GraphAnswer {
  return {
    messaging_product: 'whatsapp',
    url: mediaLink(call.emulator.url(), media, Date.now()),
    mime_type: media.mimeType,
    sha256: media.sha256.toString('hex'),
    file_size: media.bytes.length,
    id: media.id,
  }
}

/** The file with the id asked for, if this token may see it and it belongs to the number named. */
export function mediaOf(call: GraphCall): MediaFile | undefined {
  const media = call.emulator.world.media.find(call.objectId, Date.now())
  if (media === undefined || assetFault(call.grant, media.wabaId) !== undefined) return undefined
  const owner = call.params.phone_number_id
  return owner === undefined || String(owner) === media.phoneNumberId ? media : undefined
}

async function uploadMedia(call: GraphCall): Promise<GraphAnswer> {
  const number = numberOf(call)
  if ('code' in number) return { fault: number }
  if (!call.request.isMultipart()) return { fault: fault(100, 'The upload must be multipart/form-data.') }
  const part = await call.request.file()
  if (part === undefined) return { fault: fault(131008, 'Required parameter is missing: file.') }
  const bytes = await part.toBuffer()
  const mimeType = part.mimetype
  const allowed = SIZE_MAX_BY_TYPE.find(([pattern]) => pattern.test(mimeType))
  if (allowed === undefined) {
    return {
      fault: fault(100, `Param file must be a file with one of the supported types. Received ${mimeType}.`),
    }
  }
  if (bytes.length > allowed[1])
    return { fault: fault(131053, `The file is larger than ${allowed[1]} bytes.`) }
  const { filename } = part
  const { wabaId, id: phoneNumberId } = number
  const file = { wabaId, phoneNumberId, mimeType, filename, bytes, origin: 'uploaded' as const }
  return { id: call.emulator.world.media.add(file, Date.now()).id }
}

export function deleteMedia(call: GraphCall): GraphAnswer {
  const media = mediaOf(call)
  if (media === undefined) return { fault: missingObject(call.objectId, 'DELETE') }
  call.emulator.world.media.remove(media.id)
  return { success: true }
}
