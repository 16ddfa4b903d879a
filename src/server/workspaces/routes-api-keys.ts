import { z } from 'zod'
import {
  apiKey,
  apiKeyId,
  createApiKey as createApiKeyBody,
  pageOf,
  pageQuery,
} from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, page } from '../platform/index.ts'
import { createApiKey } from './create-api-key.ts'
import { presentApiKey } from './present-workspace.ts'
import { selectApiKeys } from './queries-api-keys.ts'
import { revokeApiKey } from './revoke-api-key.ts'

const managing = { access: { role: 'admin', scope: 'manage' } } as const
const tags = ['API keys']
const apiKeyParams = z.strictObject({ id: apiKeyId })

export function registerApiKeyRoutes(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/api-keys',
    {
      config: managing,
      schema: {
        tags,
        summary: 'API keys, newest first',
        querystring: pageQuery,
        response: { 200: pageOf(apiKey) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor } = request.query
      const before = cursor === undefined ? null : openCursor(ctx, cursor)
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectApiKeys(tx, workspaceId, { before, limit: limit + 1 }),
      )
      return page(ctx, rows, { limit, cursorOf: (row) => row.id, present: presentApiKey })
    },
  )
  app.post(
    '/api-keys',
    {
      config: managing,
      schema: { tags, summary: 'Make an API key', body: createApiKeyBody, response: { 201: apiKey } },
    },
    async (request, reply) => {
      const made = await createApiKey(ctx, actorOf(request), request.body)
      reply.code(201)
      return made
    },
  )
  app.delete(
    '/api-keys/:id',
    {
      config: managing,
      schema: { tags, summary: 'Revoke an API key', params: apiKeyParams },
    },
    async (request, reply) => {
      await revokeApiKey(ctx, actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}
