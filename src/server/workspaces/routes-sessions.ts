import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  me,
  pageOf,
  session,
  signInRequest,
  switchWorkspace as switchWorkspaceBody,
} from '../../contract/index.ts'
import type { Ctx, HttpApp } from '../platform/index.ts'
import { hashToken } from './credential.ts'
import { endSession } from './end-session.ts'
import { originOf, personOf } from './person-of.ts'
import { presentSession } from './present-workspace.ts'
import { selectSessions } from './queries-sessions.ts'
import { readMe } from './read-me.ts'
import type { WorkspaceRoutesOptions } from './routes.ts'
import { type SessionCookie, sessionCookie } from './session-cookie.ts'
import { signIn, signOut } from './sign-in.ts'
import { switchWorkspace } from './switch-workspace.ts'

/** Every person who is signed in may do this with their own sessions. */
const own = { access: { role: 'agent', scope: 'manage' } } as const
const tags = ['Sign-in']
const sessionParams = z.strictObject({ id: z.string().max(64) })

export function registerSessionRoutes(app: HttpApp, ctx: Ctx, { version }: WorkspaceRoutesOptions): void {
  const cookie = sessionCookie(ctx.config.publicUrl)
  app.post(
    '/session',
    {
      config: { access: 'public' },
      schema: { tags, summary: 'Sign in', body: signInRequest, response: { 200: me } },
    },
    async (request, reply) => {
      const { personId, token } = await signIn(ctx, request.body, originOf(request))
      // The session of the browser before ends: its token may have been planted or seen.
      await signOut(ctx, tokenOf(request, cookie))
      reply.setCookie(cookie.name, token, cookie.attributes)
      return readMe(ctx, { personId, workspaceId: null, version })
    },
  )
  app.delete(
    '/session',
    { config: { access: 'public' }, schema: { tags, summary: 'Sign out' } },
    async (request, reply) => {
      await signOut(ctx, tokenOf(request, cookie))
      const { maxAge: _, ...attributes } = cookie.attributes
      return reply.clearCookie(cookie.name, attributes).code(204).send()
    },
  )
  registerMeRoutes(app, ctx, { version, cookie })
  registerOwnSessionRoutes(app, ctx, cookie)
}

function registerMeRoutes(
  app: HttpApp,
  ctx: Ctx,
  { version, cookie }: WorkspaceRoutesOptions & { cookie: SessionCookie },
): void {
  app.post(
    '/session/workspace',
    {
      config: own,
      schema: {
        tags,
        summary: 'Look at another of your workspaces',
        body: switchWorkspaceBody,
        response: { 200: me },
      },
    },
    async (request) => {
      const { id: personId } = personOf(request)
      const { slug } = request.body
      const { workspaceId } = await switchWorkspace(ctx, { token: tokenOf(request, cookie), slug })
      return readMe(ctx, { personId, workspaceId, version })
    },
  )
  app.get(
    '/me',
    {
      config: { access: { role: 'agent', scope: 'read' } },
      schema: { tags, summary: 'Who is signed in', response: { 200: me } },
    },
    async (request) => {
      const { id: personId, workspaceId } = personOf(request)
      return readMe(ctx, { personId, workspaceId, version })
    },
  )
}

function registerOwnSessionRoutes(app: HttpApp, ctx: Ctx, cookie: SessionCookie): void {
  app.get(
    '/sessions',
    { config: own, schema: { tags, summary: 'Your sessions', response: { 200: pageOf(session) } } },
    async (request) => {
      const { id } = personOf(request)
      const rows = await selectSessions(ctx.db.worker, id, hashToken(tokenOf(request, cookie)))
      return { data: rows.map(presentSession), next_cursor: null }
    },
  )
  app.delete(
    '/sessions/:id',
    {
      config: own,
      schema: {
        tags,
        summary: 'End one of your sessions',
        params: sessionParams,
      },
    },
    async (request, reply) => {
      await endSession(ctx, personOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}

function tokenOf(request: FastifyRequest, { name }: SessionCookie): string {
  return request.cookies[name] ?? ''
}
