import type { Pool } from 'undici'
import { unreachable, unreadable } from './meta/call-graph.ts'
import type { Pools } from './meta/pools.ts'
import { request } from './meta/request.ts'
import type { ProviderAnswer } from './provider-error.ts'

const timeoutMs = 120_000

export interface DownloadOptions {
  bytesMax: number
  signal?: AbortSignal
}

/** Where files of a provider may be: on the servers of its API, and under hosts with these endings. */
export interface FileServers {
  apiUrl: string
  hostEndings: readonly string[]
}

/**
 * The address came in a webhook or an answer: only the provider's own servers are asked, whatever it says, and where their
 * names lead is vetted for each connection. Turned away without a user agent by Meta's file servers.
 */
export async function downloadFile(
  pools: Pools,
  { url, servers, headers = [] }: { url: string; servers: FileServers; headers?: string[] },
  { bytesMax, signal }: DownloadOptions,
): Promise<ProviderAnswer<Buffer>> {
  const address = addressOn(servers, url)
  if (address === null)
    return { ok: false, error: unreadable('The file is not on a server of the provider.') }
  const answer = await request(poolFor(pools, servers, address), {
    method: 'GET',
    path: `${address.pathname}${address.search}`,
    headers: [...headers, 'user-agent', 'parley'],
    timeoutMs,
    bytesMax,
    signal,
  })
  if (answer.kind === 'failed') return { ok: false, error: unreachable(answer.reason) }
  if (answer.isCut) return { ok: false, error: unreadable('The file is too large.') }
  if (answer.status !== 200) return { ok: false, error: unreachable(`HTTP ${answer.status}`) }
  return { ok: true, value: answer.body }
}

function poolFor(pools: Pools, { apiUrl }: FileServers, { origin }: URL): Pool {
  return origin === new URL(apiUrl).origin ? pools.get(origin, 'manage') : pools.getOutside(origin)
}

function addressOn({ apiUrl, hostEndings }: FileServers, url: string): URL | null {
  if (!URL.canParse(url)) return null
  const address = new URL(url)
  if (address.origin === new URL(apiUrl).origin) return address
  const isOfProvider = hostEndings.some((ending) => address.hostname.endsWith(ending))
  return address.protocol === 'https:' && isOfProvider && address.port === '' ? address : null
}
