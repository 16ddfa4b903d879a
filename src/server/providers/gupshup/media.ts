import type { GupshupConnection } from '../connection.ts'
import { unreachable, unreadable } from '../meta/call-graph.ts'
import type { MediaReading } from '../meta/meta-client.ts'
import type { Pools } from '../meta/pools.ts'
import { request } from '../meta/request.ts'
import type { ProviderAnswer } from '../provider-error.ts'

const timeoutMs = 120_000
const fileHost = '.gupshup.io'

/** Gupshup names a file by its address, good for seven days: there is nothing to look up. */
export function readMedia(mediaId: string): ProviderAnswer<MediaReading> {
  return { ok: true, value: { url: mediaId, mime_type: null, sha256: null, size: null } }
}

export async function downloadMedia(
  pools: Pools,
  connection: GupshupConnection,
  url: string,
  options: { bytesMax: number; signal?: AbortSignal },
): Promise<ProviderAnswer<Buffer>> {
  const address = fileAddress(connection, url)
  if (address === null)
    return { ok: false, error: unreadable('The file is not on a server of the provider.') }
  const answer = await request(pools.get(address.origin, 'manage'), {
    method: 'GET',
    path: `${address.pathname}${address.search}`,
    headers: ['user-agent', 'parley'],
    timeoutMs,
    bytesMax: options.bytesMax,
    signal: options.signal,
  })
  if (answer.kind === 'failed') return { ok: false, error: unreachable(answer.reason) }
  if (answer.isCut) return { ok: false, error: unreadable('The file is too large.') }
  if (answer.status !== 200) return { ok: false, error: unreachable(`HTTP ${answer.status}`) }
  return { ok: true, value: answer.body }
}

/** The address came in a webhook: only the provider's own servers are asked, whatever it says. */
function fileAddress({ gupshup_url }: GupshupConnection, url: string): URL | null {
  if (!URL.canParse(url)) return null
  const address = new URL(url)
  if (address.origin === new URL(gupshup_url).origin) return address
  const isOfGupshup = address.protocol === 'https:' && address.hostname.endsWith(fileHost)
  return isOfGupshup && address.port === '' ? address : null
}
