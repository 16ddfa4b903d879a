import type { FastifyRequest } from 'fastify'
import type { WorkspaceId } from '../../../contract/ids.ts'
import type { Role, Scope } from '../../../contract/workspaces.ts'
import { ParleyError } from '../error.ts'

/** Who asks, in which workspace. The workspace follows from the credential, never from a body. */
export interface Actor {
  kind: 'person' | 'api_key' | 'system'
  id: string
  workspaceId: WorkspaceId
  role: Role
  scopes: Scope[]
  name: string
}

/** What a route asks of the actor: the least role for people, a scope for API keys. */
export type Access = { role: Role; scope: Scope } | 'public'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The app checks it before the handler. */
    access?: Access
  }
  interface FastifyRequest {
    /** Set by the app's authentication before the handler; read it with actorOf(). */
    actor: Actor | null
  }
}

/** Throws unauthorized when nobody is signed in. */
export function actorOf(request: FastifyRequest): Actor {
  if (!request.actor) throw new ParleyError('unauthorized', 'Sign in, or send an API key.')
  return request.actor
}
