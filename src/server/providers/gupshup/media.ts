import type { GupshupConnection } from '../connection.ts'
import { type DownloadOptions, downloadFile } from '../download-file.ts'
import type { MediaReading } from '../meta/meta-client.ts'
import type { Pools } from '../meta/pools.ts'
import type { ProviderAnswer } from '../provider-error.ts'

/** Gupshup names a file by its address, good for seven days: there is nothing to look up. */
export function readMedia(mediaId: string): ProviderAnswer<MediaReading> {
  return { ok: true, value: { url: mediaId, mime_type: null, sha256: null, size: null } }
}

export function downloadMedia(
  pools: Pools,
  { gupshup_url }: GupshupConnection,
  url: string,
  options: DownloadOptions,
): Promise<ProviderAnswer<Buffer>> {
  return downloadFile(pools, { url, servers: { apiUrl: gupshup_url, hostEndings: ['.gupshup.io'] } }, options)
}
