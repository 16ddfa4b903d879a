import { z } from 'zod'
import { hubId, list } from '../../../contract/index.ts'
import { allowUploads, fileLimits, takeUpload } from '../../files/index.ts'
import { actorOf, type Ctx, type HttpApp } from '../../platform/index.ts'
import { addList } from './add-list.ts'

const params = z.strictObject({ id: hubId })

/** `POST /hubs/{id}/lists`: the file goes to the disk as it comes in, never as a whole into memory. */
export function registerListUpload(app: HttpApp, ctx: Ctx): void {
  app.register(async (scope: HttpApp) => {
    await allowUploads(scope)
    scope.post(
      '/hubs/:id/lists',
      {
        config: { access: { role: 'supervisor', scope: 'send' }, longBody: true },
        bodyLimit: fileLimits.bytesMax + 1024 * 1024,
        schema: {
          tags: ['Lists'],
          summary: 'Upload a list as multipart form, field `file`',
          consumes: ['multipart/form-data'],
          params,
          response: { 201: list },
        },
      },
      async (request, reply) => {
        const upload = await takeUpload(request, 'list.csv')
        const added = await addList(ctx, actorOf(request), { hubId: request.params.id, upload })
        return reply.code(201).send(added)
      },
    )
  })
}
