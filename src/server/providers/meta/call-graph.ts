import type { MetaConnection } from '../connection.ts'
import type { ProviderAnswer, ProviderError } from '../provider-error.ts'
import type { HttpAnswer } from './http-answer.ts'
import type { Pools } from './pools.ts'
import { errorIn, parseJson } from './read-error.ts'
import { request } from './request.ts'

export interface GraphCall {
  method?: 'GET' | 'POST' | 'DELETE'
  /** Below the version: `/106540352242922`. */
  path: string
  query?: Record<string, string>
  body?: unknown
  /** Instead of the connection's access token, for calls the app makes for itself. */
  token?: string
  signal?: AbortSignal
}

const timeoutMs = 20_000
const bytesMax = 8 * 1024 * 1024

/** A management call of the Graph API: everything but sending and the bytes of media. */
export async function callGraph(
  pools: Pools,
  connection: MetaConnection,
  call: GraphCall,
): Promise<ProviderAnswer<unknown>> {
  const { method = 'GET', path, query, body, token = connection.access_token, signal } = call
  const base = new URL(connection.graph_url)
  const search = query ? `?${new URLSearchParams(query)}` : ''
  const headers = ['authorization', `Bearer ${token}`, 'accept', 'application/json']
  if (body !== undefined) headers.push('content-type', 'application/json')
  const answer = await request(pools.get(base.origin, 'manage'), {
    method,
    path: `${graphPath(connection, path)}${search}`,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs,
    bytesMax,
    signal,
  })
  return readAnswer(answer)
}

/** Path of the version and what is below it, also when the Graph API is reached through a gateway with a path. */
export function graphPath(connection: MetaConnection, path: string): string {
  const gateway = new URL(connection.graph_url).pathname.replace(/\/$/, '')
  return `${gateway}/${connection.graph_version}${path}`
}

/** An id of a provider as one step of a path. */
export function step(id: string): string {
  return `/${encodeURIComponent(id)}`
}

export function unreachable(reason: string): ProviderError {
  return { code: 'unreachable', title: 'The provider did not answer.', detail: reason }
}

export function unreadable(reason: string): ProviderError {
  return { code: 'unreadable', title: "The provider's answer could not be understood.", detail: reason }
}

export function readAnswer(answer: HttpAnswer): ProviderAnswer<unknown> {
  if (answer.kind === 'failed') return { ok: false, error: unreachable(answer.reason) }
  if (answer.isCut) return { ok: false, error: unreadable('The answer is too long.') }
  const parsed = parseJson(answer.body)
  const error = errorIn(parsed)
  if (error !== null) return { ok: false, error }
  if (answer.status >= 500) return { ok: false, error: unreachable(`HTTP ${answer.status}`) }
  if (answer.status !== 200 || typeof parsed !== 'object' || parsed === null) {
    return { ok: false, error: unreadable(`HTTP ${answer.status}`) }
  }
  return { ok: true, value: parsed }
}
