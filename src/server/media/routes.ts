import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { z } from 'zod'
import { mediaId } from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, ParleyError } from '../platform/index.ts'
import { mediaHeaders, mediaPath } from './media-file.ts'
import { type MediaRow, selectMedia } from './queries.ts'

const params = z.strictObject({ id: mediaId })

export function registerMediaRoutes(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/media/:id',
    {
      config: { access: { role: 'agent', scope: 'read' } },
      schema: { tags: ['Media'], summary: 'A file that came with a message', params },
    },
    async (request, reply) => {
      const { workspaceId } = actorOf(request)
      const { id } = request.params
      const row = await ctx.db.inWorkspace(workspaceId, (tx) => selectMedia(tx, workspaceId, id))
      refuseMissing(row)
      const path = mediaPath(ctx.config, workspaceId, id)
      // Before the headers go out: a stream that fails later can't change the status any more.
      await access(path).catch(() => refuseMissing(undefined))
      return reply.headers(mediaHeaders(row)).send(createReadStream(path))
    },
  )
}

function refuseMissing(row: MediaRow | undefined): asserts row is MediaRow {
  if (!row) throw new ParleyError('not_found', 'There is no file with this id.')
  if (row.state === 'pending') throw new ParleyError('not_found', 'The file is still being fetched.')
  if (row.state === 'failed') throw new ParleyError('not_found', 'The file could not be fetched in time.')
}
