import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import { findMessageId } from '../messages/index.ts'
import type { Ctx } from '../platform/index.ts'
import type { MessageFact, ReactionFact } from '../providers/index.ts'
import { receiveMessage } from './receive-message.ts'

/**
 * A customer reacted to a message, or took a reaction back: shown at that message, which may come later, and told like any
 * message; it opens neither the conversation nor the window.
 */
export async function receiveReaction(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  fact: ReactionFact,
  inboundLogId: string | null = null,
): Promise<'applied' | 'repeat'> {
  const { outcome } = await receiveMessage(ctx, workspaceId, numberId, asMessage(fact), inboundLogId)
  if (outcome === 'repeat') return 'repeat'
  const target = await ctx.db.inWorkspace(workspaceId, (tx) =>
    findMessageId(tx, workspaceId, numberId, fact.target_external_id),
  )
  if (target !== null) ctx.live.changed(workspaceId, { topic: 'message', id: target })
  return 'applied'
}

function asMessage({ target_external_id, emoji, kind: _, ...fact }: ReactionFact): MessageFact {
  return {
    ...fact,
    kind: 'message',
    type: 'reaction',
    content: { reaction: { message_id: target_external_id, emoji } },
    context_external_id: null,
    opens_window: false,
  }
}
