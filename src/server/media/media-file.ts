import { join } from 'node:path'
import type { MediaId, WorkspaceId } from '../../contract/index.ts'
import type { Config } from '../platform/index.ts'

/** Meta takes documents of up to 100 MB; nothing larger can come in. Read 2026-11-20. */
export const mediaBytesMax = 100 * 1024 * 1024

/** What a browser may show by itself. No SVG and no HTML: they could run scripts under our address. */
const shownTypes = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'audio/aac',
  'audio/amr',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'video/mp4',
  'video/3gpp',
])

/** Made of our own ids alone: no name that came from outside ever reaches the file system. */
export function mediaPath(config: Pick<Config, 'dataDir'>, workspaceId: WorkspaceId, id: MediaId): string {
  return join(config.dataDir, 'media', workspaceId, id)
}

/** Headers under which a file of a stranger is harmless. */
export function mediaHeaders(file: {
  mime_type: string | null
  file_name: string | null
}): Record<string, string> {
  const type = bareType(file.mime_type)
  const isShown = shownTypes.has(type)
  return {
    'content-type': isShown ? type : 'application/octet-stream',
    'content-disposition': `${isShown ? 'inline' : 'attachment'}${fileNameParameter(file.file_name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, max-age=86400, immutable',
  }
}

/** `audio/ogg; codecs=opus` → `audio/ogg` */
function bareType(mimeType: string | null): string {
  return (mimeType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function fileNameParameter(name: string | null): string {
  const clean = [...(name ?? '').replace(/[\p{C}/\\]/gu, '_')].slice(0, 200).join('')
  if (clean === '') return ''
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
  return `; filename*=UTF-8''${encoded}`
}

/** Providers write the digest as hex in one place and as base64 in another. */
export function isDigest(told: string, digest: Buffer): boolean {
  return told.toLowerCase() === digest.toString('hex') || told === digest.toString('base64')
}
