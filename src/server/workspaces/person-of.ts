import type { FastifyRequest } from 'fastify'
import { type Actor, actorOf, ParleyError } from '../platform/index.ts'
import type { SignInOrigin } from './sign-in.ts'

/** The actor, when it is a person: sessions and workspaces belong to people, not to API keys. */
export function personOf(request: FastifyRequest): Actor {
  const actor = actorOf(request)
  if (actor.kind !== 'person')
    throw new ParleyError('forbidden', 'Only a person who is signed in can do this.')
  return actor
}

export function originOf(request: FastifyRequest): SignInOrigin {
  return { ip: request.ip, userAgent: request.headers['user-agent'] ?? null }
}
