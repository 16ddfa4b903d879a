import type { MessageContent } from '../../contract/index.ts'
import type { AmendmentRow } from './queries-amendments.ts'

export interface Amended {
  type: string
  content: MessageContent
  edited_at: string | null
  deleted_at: string | null
}

/** A message as it stands after its edits; of a deleted one nothing is shown any more. */
export function amended(
  { type, content }: { type: string; content: MessageContent },
  amendments: readonly AmendmentRow[],
): Amended {
  const revoke = amendments.find(({ kind }) => kind === 'revoke')
  if (revoke !== undefined) return { type, content: {}, edited_at: null, deleted_at: revoke.at.toISOString() }
  const edit = amendments.find(({ kind }) => kind === 'edit')
  const now = edit === undefined ? null : editedContent(edit.edited)
  if (edit === undefined || now === null) return { type, content, edited_at: null, deleted_at: null }
  // A file that was fetched stays: an edit changes its caption.
  const kept = content.media_id === undefined ? {} : { media_id: content.media_id }
  return { ...now, content: { ...now.content, ...kept }, edited_at: edit.at.toISOString(), deleted_at: null }
}

function editedContent(edited: unknown): { type: string; content: MessageContent } | null {
  if (typeof edited !== 'object' || edited === null || !('type' in edited)) return null
  const { type } = edited
  if (typeof type !== 'string') return null
  const part: unknown = Reflect.get(edited, type)
  if (type !== 'text') return part === undefined ? null : { type, content: { [type]: part } }
  const body: unknown = typeof part === 'object' && part !== null ? Reflect.get(part, 'body') : undefined
  return typeof body === 'string' ? { type, content: { text: { body } } } : null
}
