import type { FastifyRequest } from 'fastify'
import { type Access, type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { isAtLeast, resolveApiKey, resolveSession, sessionCookie } from '../workspaces/index.ts'
import { isFromHere, isSameOrigin } from './check-origin.ts'
import type { WorkspacePaths } from './workspace-path.ts'

export interface Authentication {
  /** Runs before each route of the API: sets the actor, or throws unauthorized, forbidden, not_found, origin_refused. */
  admit(request: FastifyRequest): Promise<void>
  /** Who the request's credential belongs to at this moment; null when it has ended. */
  readActor(request: FastifyRequest): Promise<Actor | null>
  /** Throws origin_refused when a page of somewhere else asks, also for a request that only reads. */
  refuseForeignPage(request: FastifyRequest): void
}

export function createAuthentication(ctx: Ctx, paths: WorkspacePaths): Authentication {
  const cookie = sessionCookie(ctx.config.publicUrl)
  const { publicUrl } = ctx.config

  async function admit(request: FastifyRequest): Promise<void> {
    const { access } = request.routeOptions.config
    if (access === undefined) {
      throw new ParleyError('forbidden', 'This route says nothing about who may use it.')
    }
    if (bearerOf(request) === null && !isFromHere({ ...originOf(request), method: request.method })) {
      throw foreignPage()
    }
    if (access === 'public') return
    const actor = await readActor(request)
    if (!actor) throw new ParleyError('unauthorized', 'Sign in, or send a valid API key.')
    if (!isAllowed(actor, access)) throw refusal(actor, access)
    request.actor = actor
  }

  async function readActor(request: FastifyRequest): Promise<Actor | null> {
    const wanted = { slug: paths.slugOf(request.raw) }
    const bearer = bearerOf(request)
    if (bearer !== null) return resolveApiKey(ctx, bearer, wanted)
    const token = request.cookies[cookie.name]
    return token === undefined ? null : resolveSession(ctx, token, wanted)
  }

  function originOf(request: FastifyRequest) {
    const { origin, 'sec-fetch-site': site } = request.headers
    return { fetchSite: Array.isArray(site) ? site[0] : site, origin, host: request.host, publicUrl }
  }

  return {
    admit,
    readActor,
    refuseForeignPage: (request) => {
      if (bearerOf(request) === null && !isSameOrigin(originOf(request))) throw foreignPage()
    },
  }
}

/** People are measured by their role, API keys by their scopes. */
export function isAllowed(actor: Actor, access: Exclude<Access, 'public'>): boolean {
  return actor.kind === 'api_key' ? actor.scopes.includes(access.scope) : isAtLeast(actor.role, access.role)
}

function refusal(actor: Actor, { role, scope }: Exclude<Access, 'public'>): ParleyError {
  return actor.kind === 'api_key'
    ? new ParleyError('forbidden', `This API key does not have the scope "${scope}".`, { scope })
    : new ParleyError('forbidden', `This needs the role ${role} or higher.`, { role })
}

function foreignPage(): ParleyError {
  return new ParleyError('origin_refused', 'The request comes from a page of another site.')
}

/** null when there is no such header; an unreadable one is an empty key, which nobody has. */
function bearerOf(request: FastifyRequest): string | null {
  const header = request.headers.authorization
  if (header === undefined) return null
  return /^Bearer +(\S+)$/i.exec(header)?.[1] ?? ''
}
