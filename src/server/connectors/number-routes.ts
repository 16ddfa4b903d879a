import { z } from 'zod'
import { number, numberId, pageOf, pageQuery, updateNumber } from '../../contract/index.ts'
import { actorOf, type HttpApp, openCursor, page } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { presentNumber } from './present-number.ts'
import { selectNumbers } from './queries-numbers.ts'
import { setPace } from './set-pace.ts'

const tags = ['Numbers']

export function registerNumberRoutes(app: HttpApp, ctx: ServerCtx): void {
  app.get(
    '/numbers',
    {
      // Agents see which number a conversation runs on.
      config: { access: { role: 'agent', scope: 'read' } },
      schema: {
        tags,
        summary: 'Numbers, oldest first',
        querystring: pageQuery,
        response: { 200: pageOf(number) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor } = request.query
      const after = cursor === undefined ? null : openCursor(ctx, cursor)
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectNumbers(tx, workspaceId, { after, limit }),
      )
      return page(ctx, rows, { limit, cursorOf: (row) => row.id, present: presentNumber })
    },
  )
  app.patch(
    '/numbers/:id',
    {
      config: { access: { role: 'admin', scope: 'manage' } },
      schema: {
        tags,
        summary: 'Set the pace of a number',
        params: z.strictObject({ id: numberId }),
        body: updateNumber,
        response: { 200: number },
      },
    },
    async (request) =>
      setPace(ctx, actorOf(request), request.params.id, request.body.pace_override_per_second),
  )
}
