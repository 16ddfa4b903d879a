import { Agent, type buildConnector, type Dispatcher, request } from 'undici'
import type { Egress, EgressAnswer, EgressOutcome, EgressRequest, EgressVerdict } from './egress.ts'
import { failureOf } from './failures.ts'
import { guardConnections, RefusedConnection } from './guarded-connect.ts'
import { readCapped } from './read-capped.ts'
import { createResolve, type Resolve } from './resolve-host.ts'
import { headerRefusal, parseDestination, type Refusal, refusalOf } from './url-rules.ts'
import { type EgressPolicy, vetUrl } from './vet-url.ts'

export interface EgressOptions extends Partial<EgressPolicy> {
  isPrivateAllowed: boolean
  /** For tests: forbidden addresses must be provable without contacting them. */
  resolve?: Resolve
  connector?: buildConnector.connector
}

const timeoutMsMax = 15_000
const bodyBytesMax = 64 * 1024
const headerBytesMax = 16 * 1024

/** One pool for all; redirects are never followed, bodies never inflated, the socket closed at the size limit. */
export function createEgress({
  isPrivateAllowed,
  networks = [],
  ownAddresses = new Set(),
  resolve = createResolve(isPrivateAllowed || networks.length > 0),
  connector,
}: EgressOptions): Egress {
  const policy = { isPrivateAllowed, networks, ownAddresses }
  const agent = new Agent({
    connect: guardConnections({ ...policy, resolve, ...(connector ? { connector } : {}) }),
    maxHeaderSize: headerBytesMax,
    pipelining: 1,
    // Endpoints of many customers may share a host, and those that hang must not keep the others from a socket.
    connections: 1024,
    keepAliveTimeout: 5_000,
  })

  async function post(
    text: string,
    { headers = {}, body, timeoutMs = timeoutMsMax }: EgressRequest,
  ): Promise<EgressOutcome> {
    const startedAt = performance.now()
    const elapsed = () => Math.round(performance.now() - startedAt)
    const url = parseDestination(text)
    if (!(url instanceof URL)) return { kind: 'refused', ...url, durationMs: elapsed() }
    // Each connection is vetted; what can be said without a name server is said without one.
    const refused =
      (networks.length === 0 ? refusalOf(url, isPrivateAllowed) : null) ?? headerRefusal(headers)
    if (refused) return { kind: 'refused', ...refused, durationMs: elapsed() }
    try {
      const answer = await send(url, { headers, body }, Math.min(timeoutMs, timeoutMsMax))
      return { ...answer, durationMs: elapsed() }
    } catch (error) {
      if (error instanceof RefusedConnection)
        return { kind: 'refused', ...error.refusal, durationMs: elapsed() }
      return { kind: 'failed', ...failureOf(error), durationMs: elapsed() }
    }
  }

  async function send(
    url: URL,
    { headers, body }: EgressRequest,
    timeoutMs: number,
  ): Promise<Omit<EgressAnswer, 'durationMs'>> {
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(new DeadlinePassed(timeoutMs)), timeoutMs)
    try {
      const response = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: headers ?? {},
        body,
        signal: deadline.signal,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      })
      const answer = await readCapped(response.body, bodyBytesMax)
      return {
        kind: 'answered',
        status: response.statusCode,
        headers: singleHeaders(response.headers),
        ...answer,
      }
    } finally {
      clearTimeout(timer)
    }
  }

  async function inspect(text: string): Promise<EgressVerdict> {
    const url = parseDestination(text)
    if (!(url instanceof URL)) return refusedVerdict(url)
    const vetted = await vetUrl(url, resolve, policy)
    if ('reason' in vetted) return refusedVerdict(vetted)
    return vetted.network === null ? { allowed: true } : { allowed: true, network: vetted.network.text }
  }

  return { post, inspect, close: () => agent.destroy() }
}

/** One limit for connect, headers and body: a receiver can't add them up. */
export class DeadlinePassed extends Error {
  constructor(timeoutMs: number) {
    super(`No complete answer within ${timeoutMs / 1_000} s.`)
    this.name = 'DeadlinePassed'
  }
}

function refusedVerdict({ reason, message }: Refusal): EgressVerdict {
  return { allowed: false, reason, message }
}

function singleHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}
