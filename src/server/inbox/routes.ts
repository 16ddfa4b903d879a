import { z } from 'zod'
import {
  conversation,
  conversationId,
  conversationQuery,
  fileKindNames,
  fileKinds,
  message,
  pageOf,
  pageQuery,
  reply,
  replyFile,
  updateConversation as updateConversationBody,
} from '../../contract/index.ts'
import { allowUploads, takeUpload } from '../files/index.ts'
import { actorOf, type Ctx, type HttpApp } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { addReplyFile } from './add-reply-file.ts'
import { getConversation, readConversation } from './get-conversation.ts'
import { listConversations } from './list-conversations.ts'
import { sendReply } from './send-reply.ts'
import { updateConversation } from './update-conversation.ts'

const reading = { access: { role: 'agent', scope: 'read' } } as const
const sending = { access: { role: 'agent', scope: 'send' } } as const
const params = z.strictObject({ id: conversationId })
const tags = ['Inbox']

export function registerInboxRoutes(app: HttpApp, ctx: ServerCtx): void {
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

function registerWriting(app: HttpApp, ctx: ServerCtx): void {
  registerFiles(app, ctx)
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

function registerFiles(app: HttpApp, ctx: ServerCtx): void {
  const bytesMax = Math.max(...fileKindNames.map((kind) => fileKinds[kind].bytesMax))
  app.register(async (scope: HttpApp) => {
    await allowUploads(scope, bytesMax)
    scope.post(
      '/conversations/:id/files',
      {
        config: { ...sending, longBody: true },
        bodyLimit: bytesMax + 1024 * 1024,
        schema: {
          tags,
          summary: 'Upload a file for a reply as multipart form, field `file`; a reply names its id',
          consumes: ['multipart/form-data'],
          params,
          response: { 201: replyFile },
        },
      },
      async (request, reply) => {
        const upload = await takeUpload(request, 'file')
        return reply.code(201).send(await addReplyFile(ctx, actorOf(request), request.params.id, upload))
      },
    )
  })
}
