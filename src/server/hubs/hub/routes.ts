import { z } from 'zod'
import {
  createHub as createHubBody,
  hub,
  hubId,
  pageOf,
  pageQuery,
  updateHub as updateHubBody,
} from '../../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, ParleyError, page } from '../../platform/index.ts'
import { createHub } from './create-hub.ts'
import { deleteHub } from './delete-hub.ts'
import { presentHub } from './present-hub.ts'
import { selectHub, selectHubs } from './queries.ts'
import { updateHub } from './update-hub.ts'

const reading = { access: { role: 'supervisor', scope: 'read' } } as const
const managing = { access: { role: 'supervisor', scope: 'manage' } } as const
const params = z.strictObject({ id: hubId })
const tags = ['Hubs']

export function registerHubReading(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/hubs',
    {
      config: reading,
      schema: { tags, summary: 'Hubs, newest first', querystring: pageQuery, response: { 200: pageOf(hub) } },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor } = request.query
      const before = cursor === undefined ? null : openCursor(ctx, cursor)
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectHubs(tx, workspaceId, { before, limit }),
      )
      return page(ctx, rows, { limit, cursorOf: (row) => row.id, present: presentHub })
    },
  )
  app.get(
    '/hubs/:id',
    { config: reading, schema: { tags, summary: 'A hub', params, response: { 200: hub } } },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const row = await ctx.db.inWorkspace(workspaceId, (tx) => selectHub(tx, workspaceId, request.params.id))
      if (!row) throw new ParleyError('not_found', 'There is no such hub.')
      return presentHub(row)
    },
  )
}

export function registerHubWriting(app: HttpApp, ctx: Ctx): void {
  app.post(
    '/hubs',
    {
      config: managing,
      schema: { tags, summary: 'Create a hub', body: createHubBody, response: { 201: hub } },
    },
    async (request, reply) => reply.code(201).send(await createHub(ctx, actorOf(request), request.body)),
  )
  app.patch(
    '/hubs/:id',
    {
      config: managing,
      schema: { tags, summary: 'Change a hub', params, body: updateHubBody, response: { 200: hub } },
    },
    async (request) => updateHub(ctx, actorOf(request), { id: request.params.id, changes: request.body }),
  )
  app.delete(
    '/hubs/:id',
    { config: managing, schema: { tags, summary: 'Delete a hub without active lists', params } },
    async (request, reply) => {
      await deleteHub(ctx, actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}
