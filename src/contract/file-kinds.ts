const mebibyte = 1024 * 1024

/**
 * What WhatsApp takes, and how large.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media, read 2026-11-21.
 */
export const fileKinds = {
  image: { types: ['image/jpeg', 'image/png'], bytesMax: 5 * mebibyte },
  video: { types: ['video/mp4', 'video/3gpp'], bytesMax: 16 * mebibyte },
  audio: {
    types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
    bytesMax: 16 * mebibyte,
  },
  document: {
    types: [
      'application/pdf',
      'text/plain',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
    bytesMax: 100 * mebibyte,
  },
} as const satisfies Record<string, { types: readonly string[]; bytesMax: number }>
export type FileKind = keyof typeof fileKinds

export const fileKindNames = ['image', 'video', 'audio', 'document'] as const satisfies readonly FileKind[]

/** Other names that browsers have for the same. */
const aliases: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/opus': 'audio/ogg',
  'audio/vnd.dlna.adts': 'audio/aac',
}

/** `audio/x-m4a; codecs=…` → audio, as `audio/mp4`; null for what WhatsApp does not take. */
export function readFileType(mimeType: string): { kind: FileKind; mimeType: string } | null {
  const bare = mimeType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const type = aliases[bare] ?? bare
  const kind = fileKindNames.find((name) => fileKinds[name].types.some((one) => one === type))
  return kind === undefined ? null : { kind, mimeType: type }
}
