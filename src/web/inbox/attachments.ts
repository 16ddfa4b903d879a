import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FileKind, fileKinds, readFileType } from '../../contract/file-kinds.ts'
import type { ReplyFile } from '../../contract/index.ts'
import type { Api } from '../platform/api/api.ts'
import { useApi } from '../platform/api/use-api.ts'
import { randomKey } from '../platform/random-key.ts'

export type FileFault = 'wrongType' | 'tooLarge' | 'empty'

/** A file beside the text of a reply, on its way to the hub or there. */
export interface Attachment {
  key: string
  file: File
  /** Null for what WhatsApp does not take. */
  kind: FileKind | null
  /** Of the browser's own copy, to be looked at; pictures and videos only. */
  preview: string | null
  /** Known before anything goes up. */
  fault: FileFault | null
  /** How much has gone up, from 0 to 1. */
  progress: number
  uploaded: ReplyFile | null
  error: Error | null
  stop: AbortController
}

/** The files of one conversation's next reply. They outlive a change of page, as its text does. */
export function useAttachments(conversationId: string) {
  const api = useApi()
  const queries = useQueryClient()
  const queryKey = api.key('attachments', conversationId)
  const { data: attachments } = useQuery<Attachment[]>({
    queryKey,
    queryFn: () => [],
    initialData: [],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const change = (with_: (all: Attachment[]) => Attachment[]) =>
    queries.setQueryData<Attachment[]>(queryKey, (all) => with_(all ?? []))
  const update = (key: string, part: Partial<Attachment>) =>
    change((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))

  const upload = async (attachment: Attachment) => {
    const { key } = attachment
    update(key, { error: null, progress: 0 })
    try {
      const onProgress = (progress: number) => update(key, { progress })
      update(key, { uploaded: await uploadFile(api, { conversationId, attachment, onProgress }) })
    } catch (error) {
      update(key, { error: error instanceof Error ? error : new Error(String(error)) })
    }
  }

  return {
    attachments,
    add: (files: readonly File[]) => {
      const added = files.map(attachmentOf)
      change((all) => [...all, ...added])
      for (const one of added) if (one.fault === null) void upload(one)
    },
    retry: (attachment: Attachment) => void upload(attachment),
    remove: (attachment: Attachment) => {
      attachment.stop.abort()
      release([attachment])
      change((all) => all.filter((one) => one.key !== attachment.key))
    },
    /** After they were sent. */
    clear: () => {
      release(attachments)
      change(() => [])
    },
  }
}
export type Attachments = ReturnType<typeof useAttachments>

function attachmentOf(file: File): Attachment {
  const type = readFileType(file.type)
  const isSeen = type?.kind === 'image' || type?.kind === 'video'
  return {
    key: randomKey(),
    file,
    kind: type?.kind ?? null,
    preview: isSeen ? URL.createObjectURL(file) : null,
    fault: faultOf(file, type?.kind ?? null),
    progress: 0,
    uploaded: null,
    error: null,
    stop: new AbortController(),
  }
}

function faultOf(file: File, kind: FileKind | null): FileFault | null {
  if (kind === null) return 'wrongType'
  if (file.size > fileKinds[kind].bytesMax) return 'tooLarge'
  return file.size === 0 ? 'empty' : null
}

function uploadFile(
  api: Api,
  upload: { conversationId: string; attachment: Attachment; onProgress: (share: number) => void },
): Promise<ReplyFile> {
  const { conversationId, attachment, onProgress } = upload
  const form = new FormData()
  form.set('file', attachment.file)
  return api.upload<ReplyFile>(
    `/conversations/${conversationId}/files`,
    form,
    onProgress,
    attachment.stop.signal,
  )
}

function release(attachments: readonly Attachment[]): void {
  for (const { preview } of attachments) if (preview !== null) URL.revokeObjectURL(preview)
}
