import {
  fileKinds,
  type MediaId,
  type MessageContent,
  type Reply,
  type WorkspaceId,
} from '../../contract/index.ts'
import { findMedia, sharedAddress } from '../media/index.ts'
import { type Ctx, type Db, ParleyError } from '../platform/index.ts'

type FileReply = Extract<Reply, { type: keyof typeof fileKinds }>

/** The reply's file as the provider takes it: by the id of its upload, or by an address where it takes none. */
export async function contentOfFile(
  ctx: Ctx,
  db: Db,
  { workspaceId, numberId, reply }: { workspaceId: WorkspaceId; numberId: string; reply: FileReply },
): Promise<MessageContent> {
  const part = partOf(reply)
  const file = await findMedia(db, workspaceId, part.media_id)
  const isOurs = file?.direction === 'out' && file.state === 'stored' && file.number_id === numberId
  if (!isOurs || !isOfKind(reply.type, file.mime_type))
    throw new ParleyError('not_found', `There is no ${reply.type} with this id for this conversation.`)
  const source =
    file.external_id === null ? { link: sharedAddress(ctx, workspaceId, file.id) } : { id: file.external_id }
  const name = reply.type === 'document' && file.file_name !== null ? { filename: file.file_name } : {}
  const caption = part.caption === undefined ? {} : { caption: part.caption }
  return { [reply.type]: { ...source, ...caption, ...name }, media_id: file.id }
}

function partOf(reply: FileReply): { media_id: MediaId; caption?: string | undefined } {
  switch (reply.type) {
    case 'image':
      return reply.image
    case 'video':
      return reply.video
    case 'audio':
      return reply.audio
    case 'document':
      return reply.document
    default:
      return reply satisfies never
  }
}

function isOfKind(kind: keyof typeof fileKinds, mimeType: string | null): boolean {
  return fileKinds[kind].types.some((type) => type === mimeType)
}
