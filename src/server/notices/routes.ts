import { z } from 'zod'
import {
  notice,
  noticeCount,
  noticeId,
  noticeKind,
  noticeKinds,
  noticeQuery,
  pageOf,
} from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, ParleyError, page } from '../platform/index.ts'
import { presentNotice } from './present-notice.ts'
import { countUnread, insertReads, selectNotices } from './queries.ts'

// They speak of accounts, lists and endpoints, which agents don't look after.
const reading = { access: { role: 'supervisor', scope: 'read' } } as const
const marking = { access: { role: 'supervisor', scope: 'manage' } } as const
const tags = ['Notices']

export function registerNoticeRoutes(app: HttpApp, ctx: Ctx): void {
  registerReading(app, ctx)
  registerMarking(app, ctx)
}

function registerReading(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/notices',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Notices, newest first',
        querystring: noticeQuery,
        response: { 200: pageOf(notice) },
      },
    },
    async (request) => {
      const { workspaceId, id } = actorOf(request)
      const { limit, cursor, unread } = request.query
      const before = cursor === undefined ? null : openCursor(ctx, cursor)
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectNotices(tx, workspaceId, { readerId: id, unreadOnly: unread === 'true', before, limit }),
      )
      return page(ctx, rows, { limit, cursorOf: (row) => row.id, present: presentNotice })
    },
  )
  app.get(
    '/notices/count',
    {
      config: reading,
      schema: { tags, summary: 'How many notices you have not seen', response: { 200: noticeCount } },
    },
    async (request) => {
      const { workspaceId, id } = actorOf(request)
      const counts = await ctx.db.inWorkspace(workspaceId, (tx) => countUnread(tx, workspaceId, id))
      const severities = counts.map(({ kind }) => noticeKinds[noticeKind.parse(kind)].severity)
      const unread = counts.reduce((sum, { count }) => sum + count, 0)
      return { unread, critical: severities.some((severity) => severity === 'critical') }
    },
  )
}

function registerMarking(app: HttpApp, ctx: Ctx): void {
  const done = z.object({ read: z.literal(true) })
  app.post(
    '/notices/read-all',
    {
      config: marking,
      schema: { tags, summary: 'Mark all notices as seen by you', response: { 200: done } },
    },
    async (request) => {
      const { workspaceId, id } = actorOf(request)
      await ctx.db.inWorkspace(workspaceId, (tx) =>
        insertReads(tx, workspaceId, { readerId: id, noticeId: null }),
      )
      ctx.live.changed(workspaceId, { topic: 'notice', id: workspaceId })
      return { read: true as const }
    },
  )
  app.post(
    '/notices/:id/read',
    {
      config: marking,
      schema: {
        tags,
        summary: 'Mark a notice as seen by you',
        params: z.strictObject({ id: noticeId }),
        response: { 200: done },
      },
    },
    async (request) => {
      const { workspaceId, id } = actorOf(request)
      const isFound = await ctx.db.inWorkspace(workspaceId, (tx) =>
        insertReads(tx, workspaceId, { readerId: id, noticeId: request.params.id }),
      )
      if (!isFound) throw new ParleyError('not_found', 'There is no such notice.')
      ctx.live.changed(workspaceId, { topic: 'notice', id: request.params.id })
      return { read: true as const }
    },
  )
}
