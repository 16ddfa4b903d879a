import { z } from 'zod'
import {
  message,
  messageId,
  pageQuery,
  resendsPage,
  sendingPolicy,
  settleMessages,
  settleResult,
  unsettledPage,
  unsettledQuery,
} from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import {
  countResends,
  countUnsettled,
  markNotSent,
  presentResend,
  presentUnsettled,
  resendMessage,
  selectPolicy,
  selectResends,
  selectUnsettled,
  settleMany,
  upsertPolicy,
} from '../messages/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, page } from '../platform/index.ts'
import { countResent } from './count-resent.ts'
import { wakeLane } from './wake-lane.ts'

const tags = ['Messages']
const params = z.strictObject({ id: messageId })
const reading = { access: { role: 'supervisor', scope: 'read' } } as const
const deciding = { access: { role: 'supervisor', scope: 'send' } } as const

export function registerUnsettledRoutes(app: HttpApp, ctx: Ctx): void {
  registerReading(app, ctx)
  registerDeciding(app, ctx)
}

function registerReading(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/messages/unsettled',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Messages that may or may not have been sent, newest first, and how many they are',
        querystring: unsettledQuery,
        response: { 200: unsettledPage },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { cursor: _, limit: __, ...filter } = request.query
      const at = positionOf(ctx, request.query)
      return ctx.db.inWorkspace(workspaceId, async (tx) => {
        const rows = await selectUnsettled(tx, workspaceId, { ...at, ...filter })
        const shown = page(ctx, rows, {
          limit: at.limit,
          cursorOf: (row) => row.id,
          present: presentUnsettled,
        })
        const total = await countUnsettled(tx, workspaceId, filter)
        return { ...shown, total, as_of: ctx.clock.now().toISOString() }
      })
    },
  )
  app.get(
    '/messages/resends',
    {
      config: reading,
      schema: {
        tags,
        summary: 'What was sent again although it may have been sent before, newest first',
        querystring: pageQuery,
        response: { 200: resendsPage },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const at = positionOf(ctx, request.query)
      return ctx.db.inWorkspace(workspaceId, async (tx) => {
        const rows = await selectResends(tx, workspaceId, at)
        const shown = page(ctx, rows, { limit: at.limit, cursorOf: (row) => row.id, present: presentResend })
        return { ...shown, ...(await countResends(tx, workspaceId)) }
      })
    },
  )
}

function registerDeciding(app: HttpApp, ctx: Ctx): void {
  app.post(
    '/messages/settle',
    {
      config: deciding,
      schema: {
        tags,
        summary: 'Decide on many messages of unknown outcome at once',
        body: settleMessages,
        response: { 200: settleResult },
      },
    },
    async (request) => {
      const { numberIds, settled, left } = await settleMany(ctx, actorOf(request), request.body)
      if (request.body.decision === 'resend') {
        countResent(ctx, 'operator', settled)
        for (const id of numberIds) wakeLane(ctx, id)
      }
      return { settled, left }
    },
  )
  app.post(
    '/messages/:id/mark-not-sent',
    {
      config: deciding,
      schema: { tags, summary: 'Say that a message was not sent', params, response: { 200: message } },
    },
    async (request) => markNotSent(ctx, actorOf(request), request.params.id),
  )
  app.post(
    '/messages/:id/resend',
    {
      config: deciding,
      schema: {
        tags,
        summary: 'Send again what may have been sent already; it is counted and listed',
        params,
        response: { 200: message },
      },
    },
    async (request) => {
      const resent = await resendMessage(ctx, actorOf(request), request.params.id)
      countResent(ctx, 'operator', 1)
      wakeLane(ctx, resent.number_id)
      return resent
    },
  )
}

export function registerPolicyRoutes(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/sending-policy',
    {
      config: reading,
      schema: {
        tags,
        summary: 'What happens to messages of unknown outcome',
        response: { 200: sendingPolicy },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const utility_unknown = await ctx.db.inWorkspace(workspaceId, (tx) => selectPolicy(tx, workspaceId))
      return { utility_unknown }
    },
  )
  app.put(
    '/sending-policy',
    {
      config: { access: { role: 'admin', scope: 'manage' } },
      schema: {
        tags,
        summary: 'Hold UTILITY messages of unknown outcome, or send them once more',
        body: sendingPolicy,
        response: { 200: sendingPolicy },
      },
    },
    async (request) => {
      const actor = actorOf(request)
      const { workspaceId } = actor
      await ctx.db.inWorkspace(workspaceId, async (tx) => {
        const before = { utility_unknown: await selectPolicy(tx, workspaceId) }
        await upsertPolicy(tx, workspaceId, request.body.utility_unknown)
        await recordAudit(tx, actor, { action: 'sending_policy.changed', before, after: request.body })
      })
      return request.body
    },
  )
}

function positionOf(
  ctx: Ctx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): { before: string | null; limit: number } {
  return { before: cursor === undefined ? null : openCursor(ctx, cursor), limit }
}
