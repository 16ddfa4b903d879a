import { z } from 'zod'
import {
  batchAccepted,
  message,
  messageId,
  sendAccepted,
  sendBatch as sendBatchBody,
  sendMessage as sendMessageBody,
} from '../../contract/index.ts'
import { getMessage } from '../messages/index.ts'
import { actorOf, type HttpApp } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import type { TemplateRules } from './accept-message.ts'
import { registerErrorCodeRoutes } from './error-code-routes.ts'
import { registerLaneRoutes } from './lane-routes.ts'
import { sendBatch } from './send-batch.ts'
import { sendMessage } from './send-message.ts'
import { registerPolicyRoutes, registerUnsettledRoutes } from './unsettled-routes.ts'

const tags = ['Messages']
/** A thousand of the longest texts. */
const batchBytesMax = 16 * 1024 * 1024
const headers = z.looseObject({ 'idempotency-key': z.string().optional() })

export function registerSendingRoutes(app: HttpApp, ctx: ServerCtx, rules: TemplateRules): void {
  app.route({
    method: 'POST',
    url: '/messages',
    config: { access: { role: 'agent', scope: 'send' } },
    schema: {
      tags,
      summary: 'Send one message; with Idempotency-Key, a repeat within 48 hours gets the first answer',
      headers,
      body: sendMessageBody,
      response: { 202: sendAccepted },
    },
    handler: async (request, reply) => {
      const idempotencyKey = request.headers['idempotency-key']
      const accepted = await sendMessage(ctx, actorOf(request), request.body, { rules, idempotencyKey })
      return reply.code(202).send(accepted)
    },
  })
  app.route({
    method: 'POST',
    url: '/messages/batch',
    bodyLimit: batchBytesMax,
    config: { access: { role: 'agent', scope: 'send' } },
    schema: {
      tags,
      summary: 'Send up to 1,000 messages, each for itself; the Idempotency-Key stands for all of them',
      headers,
      body: sendBatchBody,
      response: { 202: batchAccepted },
    },
    handler: async (request, reply) => {
      const idempotencyKey = request.headers['idempotency-key']
      return reply
        .code(202)
        .send(await sendBatch(ctx, actorOf(request), request.body, { rules, idempotencyKey }))
    },
  })
  registerUnsettledRoutes(app, ctx)
  registerPolicyRoutes(app, ctx)
  registerLaneRoutes(app, ctx)
  registerErrorCodeRoutes(app)
  app.route({
    method: 'GET',
    url: '/messages/:id',
    config: { access: { role: 'agent', scope: 'read' } },
    schema: {
      tags,
      summary: 'A message, in or out, with everything known about it',
      params: z.strictObject({ id: messageId }),
      response: { 200: message },
    },
    handler: (request) => {
      const { workspaceId } = actorOf(request)
      return ctx.db.inWorkspace(workspaceId, (tx) => getMessage(tx, workspaceId, request.params.id))
    },
  })
}
