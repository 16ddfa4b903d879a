import type { MediaId, Reply, ReplyFile } from '../../contract/index.ts'

export interface ReplyShown {
  reply: Reply
  /** What the bubble shows until the hub has it. */
  text: string
}

const captionLengthMax = 1024

/**
 * The messages that a text and its files make: one for each file, the first that can have one with the text as its
 * caption. A text that is too long for a caption, or finds no file to go with, follows as a message of its own.
 */
export function repliesOf(
  body: string,
  files: readonly Pick<ReplyFile, 'id' | 'kind'>[],
  quotedId: string | null,
): ReplyShown[] {
  const captioned = body.length <= captionLengthMax ? files.findIndex(({ kind }) => kind !== 'audio') : -1
  const replies = files.map((file, index): ReplyShown => {
    const text = body !== '' && index === captioned ? body : ''
    return { reply: fileReply(file, text), text }
  })
  if (body !== '' && captioned === -1) replies.push({ reply: { type: 'text', text: { body } }, text: body })
  return replies.map((one, index) =>
    index === 0 && quotedId !== null ? { ...one, reply: withContext(one.reply, quotedId) } : one,
  )
}

export function fileReply({ id, kind }: Pick<ReplyFile, 'id' | 'kind'>, caption: string): Reply {
  const captioned = { media_id: id, ...(caption === '' ? {} : { caption }) }
  switch (kind) {
    case 'image':
      return { type: kind, image: captioned }
    case 'video':
      return { type: kind, video: captioned }
    case 'document':
      return { type: kind, document: captioned }
    case 'audio':
      return { type: kind, audio: { media_id: id } }
    default:
      return kind satisfies never
  }
}

function withContext(reply: Reply, messageId: string): Reply {
  return reply.type === 'template' || reply.type === 'reaction'
    ? reply
    : { ...reply, context: { message_id: messageId } }
}

export type FileReply = Extract<Reply, { type: ReplyFile['kind'] }>

export function mediaIdOf(reply: FileReply): MediaId {
  switch (reply.type) {
    case 'image':
      return reply.image.media_id
    case 'video':
      return reply.video.media_id
    case 'document':
      return reply.document.media_id
    case 'audio':
      return reply.audio.media_id
    default:
      return reply satisfies never
  }
}
