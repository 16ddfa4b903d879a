import type { MetaConnection } from '../connection.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGraph, step, unreachable, unreadable } from './call-graph.ts'
import type { MediaReading } from './meta-client.ts'
import type { Pools } from './pools.ts'
import { property, text } from './read-error.ts'
import { request } from './request.ts'

const timeoutMs = 120_000
const metaHosts = ['.fbsbx.com', '.fbcdn.net', '.facebook.com', '.whatsapp.net', '.whatsapp.com']

/** Where a file can be fetched; the address is good for five minutes. */
export async function readMedia(
  pools: Pools,
  connection: MetaConnection,
  mediaId: string,
  phoneNumberId?: string,
): Promise<ProviderAnswer<MediaReading>> {
  const query: Record<string, string> = phoneNumberId === undefined ? {} : { phone_number_id: phoneNumberId }
  const answer = await callGraph(pools, connection, { path: step(mediaId), query })
  if (!answer.ok) return answer
  const url = text(property(answer.value, 'url'))
  if (url === null) return { ok: false, error: unreadable('The answer has no address of the file.') }
  const size = Number(property(answer.value, 'file_size'))
  return {
    ok: true,
    value: {
      url,
      mime_type: text(property(answer.value, 'mime_type')),
      sha256: text(property(answer.value, 'sha256')),
      size: Number.isSafeInteger(size) && size >= 0 ? size : null,
    },
  }
}

export async function downloadMedia(
  pools: Pools,
  connection: MetaConnection,
  url: string,
  options: { bytesMax: number; signal?: AbortSignal },
): Promise<ProviderAnswer<Buffer>> {
  const address = mediaAddress(connection, url)
  if (address === null)
    return { ok: false, error: unreadable('The file is not on a server of the provider.') }
  const answer = await request(pools.get(address.origin, 'manage'), {
    method: 'GET',
    path: `${address.pathname}${address.search}`,
    // Meta's file servers turn away callers without a user agent.
    headers: ['authorization', `Bearer ${connection.access_token}`, 'user-agent', 'parley'],
    timeoutMs,
    bytesMax: options.bytesMax,
    signal: options.signal,
  })
  if (answer.kind === 'failed') return { ok: false, error: unreachable(answer.reason) }
  if (answer.isCut) return { ok: false, error: unreadable('The file is too large.') }
  if (answer.status !== 200) return { ok: false, error: unreachable(`HTTP ${answer.status}`) }
  return { ok: true, value: answer.body }
}

/** The download carries our access token, so it goes to Meta's own servers only, whatever an answer says. */
function mediaAddress(connection: MetaConnection, url: string): URL | null {
  if (!URL.canParse(url)) return null
  const address = new URL(url)
  if (address.origin === new URL(connection.graph_url).origin) return address
  const isOfMeta = metaHosts.some((host) => address.hostname.endsWith(host))
  return address.protocol === 'https:' && isOfMeta && address.port === '' ? address : null
}
