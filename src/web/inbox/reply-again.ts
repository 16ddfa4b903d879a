import { type FileKind, fileKindNames } from '../../contract/file-kinds.ts'
import type { Message } from '../../contract/index.ts'
import { textAt } from '../messages/content.ts'
import { fileReply, type ReplyShown } from './replies-of.ts'

/** The same reply once more; null for kinds that can't be made again from what is known. */
export function replyAgain({ type, content, origin }: Message): ReplyShown | null {
  if (type === 'text' && content.text) {
    const { body } = content.text
    return { reply: { type: 'text', text: { body } }, text: body }
  }
  const kind = fileKindNames.find((name): name is FileKind => name === type)
  if (kind === undefined || content.media_id === undefined || origin !== 'agent') return null
  const caption = textAt(content[kind], 'caption')
  return { reply: fileReply({ id: content.media_id, kind }, caption), text: caption }
}
