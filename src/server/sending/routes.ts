import { z } from 'zod'
import { message, messageId, sendAccepted, sendMessage as sendMessageBody } from '../../contract/index.ts'
import { getMessage } from '../messages/index.ts'
import { actorOf, type HttpApp } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { sendMessage, type TemplateRules } from './send-message.ts'

const tags = ['Messages']
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
