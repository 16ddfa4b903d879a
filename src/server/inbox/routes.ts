import { z } from 'zod'
import {
  conversation,
  conversationId,
  conversationQuery,
  message,
  pageOf,
  pageQuery,
  reply,
  updateConversation as updateConversationBody,
} from '../../contract/index.ts'
import { actorOf, type Ctx, type HttpApp } from '../platform/index.ts'
import { getConversation, readConversation } from './get-conversation.ts'
import { listConversations } from './list-conversations.ts'
import { sendReply } from './send-reply.ts'
import { updateConversation } from './update-conversation.ts'

const reading = { access: { role: 'agent', scope: 'read' } } as const
const sending = { access: { role: 'agent', scope: 'send' } } as const
const params = z.strictObject({ id: conversationId })
const tags = ['Inbox']

export function registerInboxRoutes(app: HttpApp, ctx: Ctx): void {
  registerReading(app, ctx)
  registerWriting(app, ctx)
}

function registerReading(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/conversations',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Conversations, the newest message first',
        querystring: conversationQuery,
        response: { 200: pageOf(conversation) },
      },
    },
    (request) => listConversations(ctx, actorOf(request), request.query),
  )
  app.get(
    '/conversations/:id',
    { config: reading, schema: { tags, summary: 'A conversation', params, response: { 200: conversation } } },
    (request) => getConversation(ctx, actorOf(request), request.params.id),
  )
  app.get(
    '/conversations/:id/messages',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Messages of a conversation, newest first',
        params,
        querystring: pageQuery,
        response: { 200: pageOf(message) },
      },
    },
    (request) => readConversation(ctx, actorOf(request), request.params.id, request.query),
  )
}

function registerWriting(app: HttpApp, ctx: Ctx): void {
  app.post(
    '/conversations/:id/messages',
    {
      config: sending,
      schema: {
        tags,
        summary: 'Reply; outside the 24 h window with a template only',
        params,
        body: reply,
        response: { 201: message },
      },
    },
    async (request, response) => {
      const sent = await sendReply(ctx, actorOf(request), request.params.id, request.body)
      return response.code(201).send(sent)
    },
  )
  app.patch(
    '/conversations/:id',
    {
      config: sending,
      schema: {
        tags,
        summary: 'Close, reopen, assign or mark as read',
        params,
        body: updateConversationBody,
        response: { 200: conversation },
      },
    },
    (request) => updateConversation(ctx, actorOf(request), request.params.id, request.body),
  )
}
