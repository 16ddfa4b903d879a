import { z } from 'zod'
import {
  number,
  numberDetail,
  numberId,
  numberWithLimit,
  pageOf,
  pageQuery,
  updateNumber,
} from '../../contract/index.ts'
import { actorOf, type HttpApp, openCursor, page } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { presentNumberWithLimit } from './present-number.ts'
import { selectDailyLimitUse } from './queries-limits.ts'
import { selectNumbers } from './queries-numbers.ts'
import { readNumber } from './read-number.ts'
import { setPace } from './set-pace.ts'

const tags = ['Numbers']
const params = z.strictObject({ id: numberId })

export function registerNumberRoutes(app: HttpApp, ctx: ServerCtx): void {
  app.get(
    '/numbers',
    {
      // Agents see which number a conversation runs on.
      config: { access: { role: 'agent', scope: 'read' } },
      schema: {
        tags,
        summary: 'Numbers, oldest first, with the use of their daily limit',
        querystring: pageQuery,
        response: { 200: pageOf(numberWithLimit) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor } = request.query
      const after = cursor === undefined ? null : openCursor(ctx, cursor)
      const { rows, uses } = await ctx.db.inWorkspace(workspaceId, async (tx) => {
        const rows = await selectNumbers(tx, workspaceId, { after, limit })
        const ids = rows.map((row) => row.id)
        return { rows, uses: await selectDailyLimitUse(tx, workspaceId, ids) }
      })
      const useOf = new Map(uses.map((use) => [use.number_id, use]))
      return page(ctx, rows, {
        limit,
        cursorOf: (row) => row.id,
        present: (row) => presentNumberWithLimit(row, useOf.get(row.id)),
      })
    },
  )
  app.get(
    '/numbers/:id',
    {
      config: { access: { role: 'agent', scope: 'read' } },
      schema: {
        tags,
        summary: 'A number, with the use of its daily limit and when places fall free',
        params,
        response: { 200: numberDetail },
      },
    },
    async (request) => readNumber(ctx, actorOf(request).workspaceId, request.params.id),
  )
  app.patch(
    '/numbers/:id',
    {
      config: { access: { role: 'admin', scope: 'manage' } },
      schema: {
        tags,
        summary: 'Set the pace of a number',
        params,
        body: updateNumber,
        response: { 200: number },
      },
    },
    async (request) =>
      setPace(ctx, actorOf(request), request.params.id, request.body.pace_override_per_second),
  )
}
