import { z } from 'zod'
import {
  connectorId,
  createTemplate as createTemplateBody,
  pageOf,
  pageQuery,
  template,
  templateChange,
  templateId,
  templateQuery,
  templateSync,
  updateTemplate as updateTemplateBody,
} from '../../contract/index.ts'
import { actorOf, type HttpApp, openCursor, ParleyError, page } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { createTemplate } from './create-template.ts'
import { deleteTemplate } from './delete-template.ts'
import { presentTemplate, presentTemplateChange } from './present-template.ts'
import { getTemplate, selectTemplates } from './queries.ts'
import { selectTemplateChanges } from './queries-history.ts'
import { submitTemplate } from './submit-template.ts'
import { syncTemplates } from './sync-templates.ts'
import { updateTemplate } from './update-template.ts'

const reading = { access: { role: 'agent', scope: 'read' } } as const
const managing = { access: { role: 'supervisor', scope: 'manage' } } as const
const tags = ['Templates']

export function registerTemplateRoutes(app: HttpApp, ctx: ServerCtx): void {
  app.get(
    '/templates',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Templates, newest first; deleted ones only when asked for by status',
        querystring: templateQuery,
        response: { 200: pageOf(template) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { cursor, ...query } = request.query
      const before = cursor === undefined ? null : openCursor(ctx, cursor)
      const rows = await ctx.db.inWorkspace(workspaceId, (tx) =>
        selectTemplates(tx, workspaceId, { ...query, before }),
      )
      return page(ctx, rows, { limit: query.limit, cursorOf: (row) => row.id, present: presentTemplate })
    },
  )
  app.get(
    '/templates/:id',
    {
      config: reading,
      schema: {
        tags,
        summary: 'A template',
        params: z.strictObject({ id: templateId }),
        response: { 200: template },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const row = await ctx.db.inWorkspace(workspaceId, (tx) =>
        getTemplate(tx, workspaceId, request.params.id),
      )
      if (row === null) throw new ParleyError('not_found', 'There is no such template.')
      return presentTemplate(row)
    },
  )
  app.get(
    '/templates/:id/history',
    {
      config: reading,
      schema: {
        tags,
        summary: 'What happened to a template, newest first',
        params: z.strictObject({ id: templateId }),
        querystring: pageQuery,
        response: { 200: pageOf(templateChange) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor } = request.query
      const { id } = request.params
      const before = cursor === undefined ? null : openCursor(ctx, cursor)
      const rows = await ctx.db.inWorkspace(workspaceId, async (tx) => {
        if ((await getTemplate(tx, workspaceId, id)) === null)
          throw new ParleyError('not_found', 'There is no such template.')
        return selectTemplateChanges(tx, workspaceId, id, { before, limit })
      })
      return page(ctx, rows, { limit, cursorOf: (row) => row.id, present: presentTemplateChange })
    },
  )
  registerWriting(app, ctx)
}

function registerWriting(app: HttpApp, ctx: ServerCtx): void {
  app.post(
    '/templates',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Draft a template',
        body: createTemplateBody,
        response: { 201: template },
      },
    },
    async (request, reply) => reply.code(201).send(await createTemplate(ctx, actorOf(request), request.body)),
  )
  app.patch(
    '/templates/:id',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Change a draft; or a submitted template, which is reviewed anew',
        params: z.strictObject({ id: templateId }),
        body: updateTemplateBody,
        response: { 200: template },
      },
    },
    async (request) => updateTemplate(ctx, actorOf(request), request.params.id, request.body),
  )
  app.delete(
    '/templates/:id',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Delete a template here and at the provider',
        params: z.strictObject({ id: templateId }),
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      await deleteTemplate(ctx, actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
  app.post(
    '/templates/:id/submit',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Hand a draft to the provider for review',
        params: z.strictObject({ id: templateId }),
        response: { 200: template },
      },
    },
    async (request) => submitTemplate(ctx, actorOf(request), request.params.id),
  )
  app.post(
    '/connectors/:id/sync-templates',
    {
      config: managing,
      schema: {
        tags,
        summary: 'Take over all templates from the provider',
        params: z.strictObject({ id: connectorId }),
        response: { 200: templateSync },
      },
    },
    async (request) => syncTemplates(ctx, actorOf(request).workspaceId, request.params.id),
  )
}
