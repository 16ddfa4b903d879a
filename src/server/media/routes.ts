import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import {
  type MediaId,
  mediaId,
  type WorkspaceId,
  workspaceId as workspaceIdSchema,
} from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, ParleyError } from '../platform/index.ts'
import { readRange } from './byte-range.ts'
import { mediaHeaders, mediaPath } from './media-file.ts'
import { type MediaRow, selectMedia } from './queries.ts'
import { maySee } from './shared-address.ts'

const params = z.strictObject({ id: mediaId })
const sharedQuery = z.strictObject({
  workspace: workspaceIdSchema,
  until: z.coerce.number().int(),
  mac: z.string().max(200),
})

export function registerMediaRoutes(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/media/:id',
    {
      config: { access: { role: 'agent', scope: 'read' }, answersWith: ['*/*'] },
      schema: { tags: ['Media'], summary: 'A file that came with a message', params },
    },
    async (request, reply) => {
      const { workspaceId } = actorOf(request)
      const { range } = request.headers
      return sendFile(ctx, reply, { workspaceId, id: request.params.id, range })
    },
  )
}

/** At the root, for providers that fetch files by their address. */
export function registerSharedMedia(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/shared/media/:id',
    {
      config: { access: 'public' },
      schema: { hide: true, params, querystring: sharedQuery },
    },
    async (request, reply) => {
      const { id } = request.params
      if (!maySee(ctx, { ...request.query, id })) throw missing()
      const { range } = request.headers
      return sendFile(ctx, reply, { workspaceId: request.query.workspace, id, range })
    },
  )
}

interface Wanted {
  workspaceId: WorkspaceId
  id: MediaId
  range: string | undefined
}

async function sendFile(
  ctx: Ctx,
  reply: FastifyReply,
  { workspaceId, id, range }: Wanted,
): Promise<FastifyReply> {
  const row = await ctx.db.inWorkspace(workspaceId, (tx) => selectMedia(tx, workspaceId, id))
  refuseMissing(row)
  const path = mediaPath(ctx.config, workspaceId, id)
  // Before the headers go out: a stream that fails later can't change the status any more.
  const file = await stat(path).catch(() => undefined)
  if (file === undefined) throw missing()
  reply.headers({ ...mediaHeaders(row), 'accept-ranges': 'bytes' })
  return sendPart(reply, { path, size: file.size, range })
}

/** Players ask for parts: without them a browser can't seek in a video, and Safari plays none at all. */
function sendPart(
  reply: FastifyReply,
  { path, size, range }: { path: string; size: number; range: string | undefined },
): FastifyReply {
  const part = readRange(range, size)
  if (part === 'unsatisfiable') {
    return reply
      .code(416)
      .headers({ 'content-range': `bytes */${size}`, 'content-length': '0' })
      .send()
  }
  if (part === null) return reply.header('content-length', String(size)).send(createReadStream(path))
  return reply
    .code(206)
    .headers({
      'content-range': `bytes ${part.start}-${part.end}/${size}`,
      'content-length': String(part.end - part.start + 1),
    })
    .send(createReadStream(path, part))
}

function refuseMissing(row: MediaRow | undefined): asserts row is MediaRow {
  if (!row) throw missing()
  if (row.state === 'pending') throw new ParleyError('not_found', 'The file is still being fetched.')
  if (row.state === 'failed') throw new ParleyError('not_found', 'The file could not be fetched in time.')
}

function missing(): ParleyError {
  return new ParleyError('not_found', 'There is no file with this id.')
}
