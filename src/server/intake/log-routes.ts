import { z } from 'zod'
import {
  inboundLog,
  inboundLogDetail,
  inboundLogId,
  inboundLogQuery,
  pageOf,
  replaySpan as replaySpanBody,
} from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp } from '../platform/index.ts'
import { getInboundLog, listInboundLogs } from './list-inbound-logs.ts'
import { replayLog, replaySpan } from './replay-logs.ts'

const reading = { access: { role: 'admin', scope: 'read' } } as const
const managing = { access: { role: 'admin', scope: 'manage' } } as const
const params = z.strictObject({ id: inboundLogId })
const tags = ['Inbound log']

export function registerInboundLogRoutes(app: HttpApp, ctx: Ctx): void {
  registerReading(app, ctx)
  registerReplays(app, ctx)
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
        response: { 202: z.object({ replayed: z.number().int() }) },
      },
    },
    async (request, reply) =>
      reply.code(202).send({ replayed: await replaySpan(ctx, actorOf(request), request.body) }),
  )
}
