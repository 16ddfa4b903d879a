import { z } from 'zod'
import {
  inboundLog,
  inboundLogDetail,
  inboundLogId,
  inboundLogQuery,
  inboundReplay,
  inboundReplayId,
  pageOf,
  replaySpan as replaySpanBody,
} from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp } from '../platform/index.ts'
import { getInboundLog, listInboundLogs } from './list-inbound-logs.ts'
import { presentInboundReplay } from './present-inbound-log.ts'
import { selectReplays } from './queries-replays.ts'
import { cancelReplay, readReplay, replayLog, replaySpan } from './replay-logs.ts'

const reading = { access: { role: 'admin', scope: 'read' } } as const
const managing = { access: { role: 'admin', scope: 'manage' } } as const
const params = z.strictObject({ id: inboundLogId })
const replayParams = z.strictObject({ id: inboundReplayId })
const tags = ['Inbound log']

export function registerInboundLogRoutes(app: HttpApp, ctx: Ctx): void {
  registerReading(app, ctx)
  registerReplays(app, ctx)
  registerReplayProgress(app, ctx)
}

function registerReading(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/inbound-logs',
    {
      config: reading,
      schema: {
        tags,
        summary: 'What providers told us, newest first; search by phone, id or type',
        querystring: inboundLogQuery,
        response: { 200: pageOf(inboundLog) },
      },
    },
    (request) => listInboundLogs(ctx, actorOf(request), request.query),
  )
  app.get(
    '/inbound-logs/:id',
    {
      config: reading,
      schema: { tags, summary: 'A webhook with its raw body', params, response: { 200: inboundLogDetail } },
    },
    (request) => getInboundLog(ctx, actorOf(request), request.params.id),
  )
}

function registerReplays(app: HttpApp, ctx: Ctx): void {
  app.post(
    '/inbound-logs/:id/replay',
    {
      config: managing,
      schema: { tags, summary: 'Work on a webhook anew', params, response: { 202: inboundLog } },
    },
    async (request, reply) => reply.code(202).send(await replayLog(ctx, actorOf(request), request.params.id)),
  )
  app.post(
    '/inbound-logs/replay',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Work anew on all that came in a span of time',
        body: replaySpanBody,
        response: { 202: inboundReplay },
      },
    },
    async (request, reply) => reply.code(202).send(await replaySpan(ctx, actorOf(request), request.body)),
  )
  app.post(
    '/inbound-logs/replays/:id/cancel',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Take up no more of a span',
        params: replayParams,
        response: { 200: inboundReplay },
      },
    },
    (request) => cancelReplay(ctx, actorOf(request), request.params.id),
  )
}

function registerReplayProgress(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/inbound-logs/replays',
    {
      config: reading,
      schema: { tags, summary: 'Replays, newest first', response: { 200: pageOf(inboundReplay) } },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) => selectReplays(tx, workspaceId))
      return { data: rows.map(presentInboundReplay), next_cursor: null }
    },
  )
  app.get(
    '/inbound-logs/replays/:id',
    {
      config: reading,
      schema: {
        tags,
        summary: 'How far a replay has come',
        params: replayParams,
        response: { 200: inboundReplay },
      },
    },
    (request) => readReplay(ctx, actorOf(request).workspaceId, request.params.id),
  )
}
