import { type ReplyFile, readFileType, type WorkspaceId } from '../../contract/index.ts'
import { numberConnection } from '../connectors/index.ts'
import type { Upload } from '../files/index.ts'
import { dropFile, setExternalId, type TakenFile, takeFile } from '../media/index.ts'
import { type Actor, ParleyError } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { conversationNotFound } from './get-conversation.ts'
import { selectConversation } from './queries.ts'
import { refuseClosedWindow } from './send-reply.ts'

/**
 * Takes a file for a reply and hands it to the provider; sending it names its id. Throws not_found,
 * connector_disconnected, window_closed, unsupported_media_type, payload_too_large, and provider_refused or
 * provider_unreachable: then nothing is left behind.
 */
export async function addReplyFile(
  ctx: ServerCtx,
  actor: Actor,
  id: string,
  upload: Upload,
): Promise<ReplyFile> {
  const { workspaceId } = actor
  const conversation = await ctx.db.inWorkspace(workspaceId, (tx) => selectConversation(tx, workspaceId, id))
  if (!conversation) throw conversationNotFound()
  const { connection, number } = await numberConnection(ctx, workspaceId, conversation.number_id)
  refuseClosedWindow(conversation, ctx.clock.now())
  const type = readFileType(upload.mimeType)
  if (type === null) throw notTaken(upload.mimeType)
  const file = await takeFile(ctx, workspaceId, { ...upload, ...type, numberId: conversation.number_id })
  const handed = await ctx.providers.channel.uploadMedia(connection, number.phone_number_id, file)
  if (!handed.ok) {
    await dropFile(ctx, workspaceId, file.id)
    throw refusedByProvider(handed.error)
  }
  await keepExternalId(ctx, workspaceId, file, handed.value)
  return {
    id: file.id,
    kind: file.kind,
    mime_type: file.mimeType,
    file_name: file.fileName,
    size_bytes: file.sizeBytes,
  }
}

async function keepExternalId(
  ctx: ServerCtx,
  workspaceId: WorkspaceId,
  { id }: TakenFile,
  externalId: string | null,
): Promise<void> {
  if (externalId === null) return
  await ctx.db.inWorkspace(workspaceId, (tx) => setExternalId(tx, workspaceId, id, externalId))
}

function notTaken(mimeType: string): ParleyError {
  return new ParleyError(
    'unsupported_media_type',
    'WhatsApp takes photos (JPEG, PNG), videos (MP4, 3GP), audio (AAC, AMR, MP3, M4A, OGG) and documents (PDF, Word, Excel, PowerPoint, text).',
    { mime_type: mimeType.slice(0, 100) },
  )
}

function refusedByProvider(error: { code: string; title: string; detail: string | null }): ParleyError {
  const isSilent = error.code === 'unreachable' || error.code === 'unreadable'
  const message = isSilent
    ? 'WhatsApp did not take the file just now. Try it again.'
    : `WhatsApp refused the file: ${error.detail ?? error.title}`
  return new ParleyError(isSilent ? 'provider_unreachable' : 'provider_refused', message, {
    code: error.code,
  })
}
