import multipart from '@fastify/multipart'
import { z } from 'zod'
import { hubId, list } from '../../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, ParleyError } from '../../platform/index.ts'
import { fileLimits } from '../files/read-file.ts'
import { addList } from './add-list.ts'

const params = z.strictObject({ id: hubId })

/** `POST /hubs/{id}/lists`: the file goes to the disk as it comes in, never as a whole into memory. */
export function registerListUpload(app: HttpApp, ctx: Ctx): void {
  app.register(async (scope: HttpApp) => {
    await scope.register(multipart, {
      limits: { fileSize: fileLimits.bytesMax, files: 1, fields: 10, fieldSize: 10_000, headerPairs: 100 },
      throwFileSizeLimit: false,
    })
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
        const part = request.isMultipart() ? await request.file() : undefined
        if (part?.fieldname !== 'file') throw fileMissing()
        const upload = {
          fileName: part.filename,
          stream: part.file,
          isCut: () => part.file.truncated,
        }
        const added = await addList(ctx, actorOf(request), { hubId: request.params.id, upload })
        return reply.code(201).send(added)
      },
    )
  })
}

function fileMissing(): ParleyError {
  const message = 'Send the list as multipart form data with the file in the field "file".'
  return new ParleyError('validation_failed', message, { fields: [{ path: 'file', message }] })
}
