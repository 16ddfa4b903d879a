import { z } from 'zod'
import {
  accountChange,
  connectorId,
  numberId,
  pageOf,
  pageQuery,
  type WorkspaceId,
} from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, ParleyError, page } from '../platform/index.ts'
import { presentAccountChange } from './present-account-change.ts'
import { selectConnector } from './queries.ts'
import { selectChanges } from './queries-changes.ts'
import { selectNumber } from './queries-numbers.ts'

const reading = { access: { role: 'supervisor', scope: 'read' } } as const
const tags = ['Connectors']

/** What became of an account and its numbers, newest first. */
export function registerHistoryRoutes(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/connectors/:id/history',
    {
      config: reading,
      schema: {
        tags,
        summary: 'What the provider said about an account and its numbers, newest first',
        params: z.strictObject({ id: connectorId }),
        querystring: pageQuery,
        response: { 200: pageOf(accountChange) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const connector = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectConnector(tx, workspaceId, request.params.id),
      )
      if (connector === null) throw new ParleyError('not_found', 'There is no such connector.')
      return readHistory(ctx, workspaceId, { connectorId: connector.id, numberId: null, ...request.query })
    },
  )
  app.get(
    '/numbers/:id/history',
    {
      config: reading,
      schema: {
        tags: ['Numbers'],
        summary: 'What the provider said about a number, newest first',
        params: z.strictObject({ id: numberId }),
        querystring: pageQuery,
        response: { 200: pageOf(accountChange) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { id } = request.params
      const number = await ctx.db.inWorkspace(workspaceId, (tx) => selectNumber(tx, workspaceId, id))
      if (number === null) throw new ParleyError('not_found', 'There is no such number.')
      return readHistory(ctx, workspaceId, {
        connectorId: number.connector_id,
        numberId: id,
        ...request.query,
      })
    },
  )
}

async function readHistory(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  wanted: { connectorId: string; numberId: string | null; limit: number; cursor?: string | undefined },
) {
  const { limit, cursor } = wanted
  const before = cursor === undefined ? null : openCursor(ctx, cursor)
  const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
    selectChanges(tx, workspaceId, { ...wanted, before }),
  )
  return page(ctx, rows, { limit, cursorOf: (row) => row.id, present: presentAccountChange })
}
