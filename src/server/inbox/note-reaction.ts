import type { MessageContent, NumberId, WorkspaceId } from '../../contract/index.ts'
import { recordReaction } from '../messages/index.ts'
import type { Db } from '../platform/index.ts'

interface Reacting {
  number_id: NumberId
  direction: 'in' | 'out'
  type: string
  content: MessageContent
  at: Date
}

/** A message that is a reaction stands at the message it belongs to. */
export async function noteReaction(
  db: Db,
  workspaceId: WorkspaceId,
  { type, content, ...reacting }: Reacting,
): Promise<void> {
  const { reaction } = content
  if (type !== 'reaction' || typeof reaction !== 'object' || reaction === null) return
  const target: unknown = Reflect.get(reaction, 'message_id')
  const emoji: unknown = Reflect.get(reaction, 'emoji')
  if (typeof target !== 'string') return
  const told = { target_external_id: target, emoji: typeof emoji === 'string' ? emoji : '' }
  await recordReaction(db, workspaceId, { ...reacting, ...told })
}
