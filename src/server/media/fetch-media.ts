import { createHash } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { MediaId, MessageId, WorkspaceId } from '../../contract/index.ts'
import type { Connection, ServerCtx } from '../providers/index.ts'
import { isDigest, mediaBytesMax, mediaPath } from './media-file.ts'
import { type MediaRow, markFailed, markStored, selectMedia } from './queries.ts'

export interface MediaSource {
  connection: Connection
  /** The provider's id of the number that the file came to. */
  phoneNumberId: string
}

export type FetchedMedia =
  | { outcome: 'stored'; messageId: MessageId | null }
  /** `isFinal`: trying again is of no use. */
  | { outcome: 'failed'; messageId: MessageId | null; error: string; isFinal: boolean }

const wasErased = { outcome: 'failed', messageId: null, error: 'It was erased.', isFinal: true } as const

/**
 * Brings a file of an inbound message into the data directory. May run twice: the file is written beside its place
 * and moved there, and the row says `stored` only afterwards.
 */
export async function fetchMedia(
  ctx: ServerCtx,
  workspaceId: WorkspaceId,
  id: MediaId,
  sourceOf: (row: MediaRow) => Promise<MediaSource>,
): Promise<FetchedMedia> {
  const row = await ctx.db.inWorkspace(workspaceId, (tx) => selectMedia(tx, workspaceId, id))
  if (!row || row.external_id === null || row.state === 'erased') return wasErased
  if (row.state === 'stored') return { outcome: 'stored', messageId: row.message_id }

  const download = await downloadFile(ctx, await sourceOf(row), row, row.external_id)
  if (!download.ok) {
    const { error, isFinal } = download
    await ctx.db.inWorkspace(workspaceId, (tx) => markFailed(tx, workspaceId, id, { error, isFinal }))
    return { outcome: 'failed', messageId: row.message_id, error, isFinal }
  }
  const path = mediaPath(ctx.config, workspaceId, id)
  await writeWhole(path, download.bytes, ctx.random.token(6))
  const isKept = await ctx.db.inWorkspace(workspaceId, (tx) =>
    markStored(tx, workspaceId, id, download.facts),
  )
  if (!isKept) {
    await rm(path, { force: true })
    return wasErased
  }
  return { outcome: 'stored', messageId: row.message_id }
}

type Download =
  | { ok: true; bytes: Buffer; facts: { size_bytes: number; sha256: string; mime_type: string | null } }
  | { ok: false; error: string; isFinal: boolean }

/** Meta's codes for a file that isn't there, or can't be had; a token that lapsed or a limit that was hit passes. */
const gone = new Set(['100', '33', '131052'])

async function downloadFile(
  ctx: ServerCtx,
  { connection, phoneNumberId }: MediaSource,
  row: MediaRow,
  externalId: string,
): Promise<Download> {
  const { channel } = ctx.providers
  const reading = await channel.readMedia(connection, externalId, phoneNumberId)
  if (!reading.ok) return { ok: false, error: reading.error.title, isFinal: gone.has(reading.error.code) }
  if ((reading.value.size ?? 0) > mediaBytesMax)
    return { ok: false, error: 'The file is too large.', isFinal: true }

  const options = { bytesMax: mediaBytesMax, signal: ctx.stopping }
  const answer = await channel.downloadMedia(connection, reading.value.url, options)
  if (!answer.ok) return { ok: false, error: answer.error.title, isFinal: false }

  const digest = createHash('sha256').update(answer.value).digest()
  const told = row.sha256 ?? reading.value.sha256
  if (told !== null && !isDigest(told, digest))
    return { ok: false, error: 'The file is not the one that was announced.', isFinal: false }
  const { mime_type } = reading.value
  const facts = { size_bytes: answer.value.length, sha256: digest.toString('hex'), mime_type }
  return { ok: true, bytes: answer.value, facts }
}

async function writeWhole(path: string, bytes: Buffer, suffix: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.${suffix}`
  await writeFile(beside, bytes, { mode: 0o600, flush: true })
  await rename(beside, path)
}
