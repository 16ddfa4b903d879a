import type { MessageContent, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { insertAmendment } from './queries-amendments.ts'

interface Amending {
  id: string
  number_id: string
  type: string
  content: MessageContent
  at: Date
}

/** A message that edits or deletes another is noted with the one it changes, which may come later than it. */
export async function recordAmendment(db: Db, workspaceId: WorkspaceId, message: Amending): Promise<void> {
  const { id, number_id, type, at } = message
  if (type !== 'edit' && type !== 'revoke') return
  const target = targetOf(message)
  if (target === null) return
  const amendment = { number_id, target_external_id: target, kind: type, message_id: id, at } as const
  await insertAmendment(db, workspaceId, amendment)
}

function targetOf({ type, content }: Amending): string | null {
  const part: unknown = Reflect.get(content, type)
  const id: unknown =
    typeof part === 'object' && part !== null ? Reflect.get(part, 'original_message_id') : undefined
  return typeof id === 'string' && id !== '' ? id : null
}
