import { z } from 'zod'
import {
  connector,
  connectorCheck,
  connectorId,
  createConnector as createConnectorBody,
  pageOf,
  pageQuery,
} from '../../contract/index.ts'
import { readFlags } from '../notices/index.ts'
import { actorOf, type HttpApp, openCursor, ParleyError, page } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { checkConnector } from './check-connector.ts'
import { createConnector } from './create-connector.ts'
import { disconnectConnector } from './disconnect-connector.ts'
import { registerHistoryRoutes } from './history-routes.ts'
import { registerNumberRoutes } from './number-routes.ts'
import { presentConnector } from './present-connector.ts'
import { selectConnector, selectConnectors } from './queries.ts'
import { selectNumbersOf } from './queries-numbers.ts'
import { reconnectConnector } from './reconnect-connector.ts'

const reading = { access: { role: 'supervisor', scope: 'read' } } as const
const managing = { access: { role: 'admin', scope: 'manage' } } as const
const params = z.strictObject({ id: connectorId })
const tags = ['Connectors']

/** Connectors and numbers. */
export function registerConnectorRoutes(app: HttpApp, ctx: ServerCtx): void {
  registerReading(app, ctx)
  registerWriting(app, ctx)
  registerNumberRoutes(app, ctx)
  registerHistoryRoutes(app, ctx)
}

function registerReading(app: HttpApp, ctx: ServerCtx): void {
  app.get(
    '/connectors',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Connectors with their numbers, newest first',
        querystring: pageQuery,
        response: { 200: pageOf(connector) },
      },
    },
    async (request) => {
      const actor = actorOf(request)
      const { workspaceId } = actor
      const { limit, cursor } = request.query
      const before = cursor === undefined ? null : openCursor(ctx, cursor)
      const { rows, numbers, flags } = await ctx.db.inWorkspace(workspaceId, async (tx) => {
        const rows = await selectConnectors(tx, workspaceId, { before, limit })
        const ids = rows.map(({ id }) => id)
        const numbers = await selectNumbersOf(tx, workspaceId, ids)
        const subjects = [...ids, ...numbers.map(({ id }) => id)]
        return { rows, numbers, flags: await readFlags(tx, workspaceId, subjects) }
      })
      const present = (row: (typeof rows)[number]) => presentConnector(ctx, actor, row, numbers, flags)
      return page(ctx, rows, { limit, cursorOf: (row) => row.id, present })
    },
  )
  app.get(
    '/connectors/:id',
    { config: reading, schema: { tags, summary: 'A connector', params, response: { 200: connector } } },
    async (request) => {
      const actor = actorOf(request)
      const { workspaceId } = actor
      const { id } = request.params
      return await ctx.db.inWorkspace(workspaceId, async (tx) => {
        const row = await selectConnector(tx, workspaceId, id)
        if (row === null) throw new ParleyError('not_found', 'There is no such connector.')
        const numbers = await selectNumbersOf(tx, workspaceId, [id])
        const flags = await readFlags(tx, workspaceId, [id, ...numbers.map((number) => number.id)])
        return presentConnector(ctx, actor, row, numbers, flags)
      })
    },
  )
}

function registerWriting(app: HttpApp, ctx: ServerCtx): void {
  app.post(
    '/connectors',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Connect a WhatsApp number, or a pretend one of the sandbox',
        body: createConnectorBody,
        response: { 201: connector },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createConnector(ctx, actorOf(request), request.body)),
  )
  app.post(
    '/connectors/:id/check',
    {
      config: managing,
      schema: { tags, summary: 'Examine a connection', params, response: { 200: connectorCheck } },
    },
    async (request) => checkConnector(ctx, actorOf(request), request.params.id),
  )
  app.post(
    '/connectors/:id/disconnect',
    {
      config: managing,
      schema: { tags, summary: 'Stop sending; history stays', params, response: { 200: connector } },
    },
    async (request) => disconnectConnector(ctx, actorOf(request), request.params.id),
  )
  app.post(
    '/connectors/:id/reconnect',
    {
      config: managing,
      schema: { tags, summary: 'Take a connector up again', params, response: { 200: connector } },
    },
    async (request) => reconnectConnector(ctx, actorOf(request), request.params.id),
  )
}
