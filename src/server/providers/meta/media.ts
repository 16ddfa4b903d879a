import type { MetaConnection } from '../connection.ts'
import { type DownloadOptions, downloadFile } from '../download-file.ts'
import type { ProviderAnswer } from '../provider-error.ts'
import { callGraph, step, unreadable } from './call-graph.ts'
import type { MediaReading } from './meta-client.ts'
import type { Pools } from './pools.ts'
import { property, text } from './read-error.ts'

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

/** The download carries our access token: so it goes to Meta's own servers only. */
export function downloadMedia(
  pools: Pools,
  { graph_url, access_token }: MetaConnection,
  url: string,
  options: DownloadOptions,
): Promise<ProviderAnswer<Buffer>> {
  return downloadFile(
    pools,
    {
      url,
      servers: { apiUrl: graph_url, hostEndings: metaHosts },
      headers: ['authorization', `Bearer ${access_token}`],
    },
    options,
  )
}
