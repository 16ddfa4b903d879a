import {
  auditEntry,
  createWorkspace as createWorkspaceBody,
  membership,
  pageOf,
  pageQuery,
  updateWorkspace,
} from '../../contract/index.ts'
import { readAuditLog } from '../events/index.ts'
import { actorOf, type Ctx, type HttpApp, openCursor, page } from '../platform/index.ts'
import { createWorkspace } from './create-workspace.ts'
import { personOf } from './person-of.ts'
import { selectWorkspace } from './queries.ts'
import { renameWorkspace } from './rename-workspace.ts'

const tags = ['Workspaces']

export function registerTenantRoutes(app: HttpApp, ctx: Ctx): void {
  app.post(
    '/workspaces',
    {
      config: { access: { role: 'owner', scope: 'manage' } },
      schema: {
        tags,
        summary: 'Make a further workspace',
        body: createWorkspaceBody,
        response: { 201: membership },
      },
    },
    async (request, reply) => {
      const made = await createWorkspace(ctx, personOf(request), request.body)
      reply.code(201)
      return made
    },
  )
  app.patch(
    '/workspace',
    {
      config: { access: { role: 'admin', scope: 'manage' } },
      schema: {
        tags,
        summary: 'Rename this workspace',
        body: updateWorkspace,
        response: { 200: membership },
      },
    },
    async (request) => {
      const actor = actorOf(request)
      await renameWorkspace(ctx, actor, request.body.name)
      const { id, slug, name } = await selectWorkspace(ctx.db.worker, actor.workspaceId)
      return membership.parse({ workspace_id: id, slug, name, role: actor.role })
    },
  )
  registerAuditLogRoute(app, ctx)
}

function registerAuditLogRoute(app: HttpApp, ctx: Ctx): void {
  app.get(
    '/audit-log',
    {
      config: { access: { role: 'admin', scope: 'manage' } },
      schema: {
        tags,
        summary: 'Administrative acts, newest first',
        querystring: pageQuery,
        response: { 200: pageOf(auditEntry) },
      },
    },
    async (request) => {
      const { workspaceId } = actorOf(request)
      const { limit, cursor } = request.query
      const before = cursor === undefined ? null : openCursor(ctx, cursor)
      const entries = await ctx.db.inWorkspace(workspaceId, (tx) =>
        readAuditLog(tx, workspaceId, { before, limit: limit + 1 }),
      )
      return page(ctx, entries, { limit, cursorOf: (entry) => entry.id, present: (entry) => entry })
    },
  )
}
