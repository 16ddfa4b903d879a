import { createHash, randomBytes } from 'node:crypto'
import { newObjectId } from './identifiers.ts'

const DAY_MS = 24 * 3_600_000
const LINK_VALID_SECONDS = 300
const MEDIA_KEPT_BYTES = 512 * 1024 * 1024

export interface MediaFile {
  id: string
  wabaId: string
  phoneNumberId: string
  mimeType: string
  filename: string | undefined
  bytes: Buffer
  sha256: Buffer
  expiresMs: number
  /** Unguessable part of the download link. */
  hash: string
}

interface NewMediaFile {
  wabaId: string
  phoneNumberId: string
  mimeType: string
  filename: string | undefined
  bytes: Buffer
  origin: 'uploaded' | 'received'
}

/** Files of both directions: uploads live 30 days, what customers sent 7 days, a link 5 minutes. */
export class MediaShelf {
  readonly #files = new Map<string, MediaFile>()
  #bytesKept = 0

  add(file: NewMediaFile, atMs: number): MediaFile {
    const { origin, ...facts } = file
    const media: MediaFile = {
      ...facts,
      id: newObjectId(),
      sha256: createHash('sha256').update(file.bytes).digest(),
      expiresMs: atMs + (origin === 'uploaded' ? 30 : 7) * DAY_MS,
      hash: randomBytes(16).toString('base64url'),
    }
    this.#files.set(media.id, media)
    this.#bytesKept += media.bytes.length
    this.#dropOldest()
    return media
  }

  all(): IterableIterator<MediaFile> {
    return this.#files.values()
  }

  /** A file that an earlier process took. */
  remember(file: Omit<MediaFile, 'sha256'>): void {
    const media = { ...file, sha256: createHash('sha256').update(file.bytes).digest() }
    this.#files.set(media.id, media)
    this.#bytesKept += media.bytes.length
  }

  find(id: string, atMs: number): MediaFile | undefined {
    const media = this.#files.get(id)
    return media !== undefined && media.expiresMs > atMs ? media : undefined
  }

  remove(id: string): void {
    const media = this.#files.get(id)
    if (media === undefined) return
    this.#bytesKept -= media.bytes.length
    this.#files.delete(id)
  }

  clear(): void {
    this.#files.clear()
    this.#bytesKept = 0
  }

  #dropOldest(): void {
    for (const id of this.#files.keys()) {
      if (this.#bytesKept <= MEDIA_KEPT_BYTES) return
      this.remove(id)
    }
  }
}

export function mediaLink(emulatorUrl: string, media: MediaFile, atMs: number): string {
  const expires = Math.floor(atMs / 1000) + LINK_VALID_SECONDS
  return `${emulatorUrl}/whatsapp_business/attachments/?mid=${media.id}&ext=${expires}&hash=${media.hash}`
}
