import cookie from '@fastify/cookie'
import { createHttpApp, type HttpApp } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { registerWorkspaceRoutes } from '../workspaces/index.ts'
import { type Authentication, createAuthentication } from './authenticate.ts'
import { registerChecklistRoute } from './checklist.ts'
import { statusOf } from './error-status.ts'
import { type Readiness, registerHealthRoutes } from './health.ts'
import { registerLiveRoute } from './live.ts'
import { registerOpenApi } from './openapi.ts'
import { readVersion } from './project-files.ts'
import { apiRooms, intakeRooms } from './rooms.ts'
import { registerPages } from './serve-pages.ts'
import { createWorkspacePaths } from './workspace-path.ts'

/** The hub's HTTP side with every route mounted; it listens when told to. */
export async function createServer(ctx: ServerCtx, readiness: Readiness): Promise<HttpApp> {
  const paths = createWorkspacePaths()
  const app = createHttpApp(ctx, { statusOf, rewriteUrl: paths.rewriteUrl })
  const authentication = createAuthentication(ctx, paths)
  await app.register(cookie)
  await registerOpenApi(app, readVersion())
  await app.register(async (scope) => {
    registerHealthRoutes(scope, ctx, readiness)
    for (const register of intakeRooms) register(scope, ctx)
  })
  await app.register(async (scope) => mountApi(scope, ctx, authentication), { prefix: '/api/v1' })
  await registerPages(app)
  return app
}

function mountApi(api: HttpApp, ctx: ServerCtx, authentication: Authentication): void {
  // A form of another site can post text/plain without asking first, so JSON in such a body is refused.
  api.removeContentTypeParser('text/plain')
  api.addHook('onRoute', ({ method, url, config, schema }) => {
    if (!config?.access) throw new Error(`${String(method)} ${url} does not say who may use it.`)
    // The test that tries every route with every role takes them from the API document.
    if (schema?.hide) throw new Error(`${String(method)} ${url} is hidden from the API document.`)
  })
  api.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
    await authentication.admit(request)
  })
  registerWorkspaceRoutes(api, ctx, { version: readVersion() })
  registerChecklistRoute(api, ctx)
  registerLiveRoute(api, ctx, authentication)
  for (const register of apiRooms) register(api, ctx)
}
