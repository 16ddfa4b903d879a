import { me, setupRequest, setupState } from '../../contract/index.ts'
import type { Ctx, HttpApp } from '../platform/index.ts'
import { originOf } from './person-of.ts'
import { readMe } from './read-me.ts'
import type { WorkspaceRoutesOptions } from './routes.ts'
import { sessionCookie } from './session-cookie.ts'
import { needsSetup, setUpInstallation } from './set-up-installation.ts'
import { openSession } from './sign-in.ts'

export function registerSetupRoutes(app: HttpApp, ctx: Ctx, { version }: WorkspaceRoutesOptions): void {
  const cookie = sessionCookie(ctx.config.publicUrl)
  app.get(
    '/setup',
    {
      config: { access: 'public' },
      schema: {
        tags: ['Set-up'],
        summary: 'Whether the first owner is still missing',
        response: { 200: setupState },
      },
    },
    async () => ({ needs_setup: await needsSetup(ctx) }),
  )
  app.post(
    '/setup',
    {
      config: { access: 'public' },
      schema: {
        tags: ['Set-up'],
        summary: 'Make the first owner and workspace',
        body: setupRequest,
        response: { 201: me },
      },
    },
    async (request, reply) => {
      const { personId } = await setUpInstallation(ctx, request.body)
      const token = await openSession(ctx, personId, originOf(request))
      reply.setCookie(cookie.name, token, cookie.attributes).code(201)
      return readMe(ctx, { personId, workspaceId: null, version })
    },
  )
}
