import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import { findMessageId, recordReaction } from '../messages/index.ts'
import type { Ctx } from '../platform/index.ts'
import type { ReactionFact } from '../providers/index.ts'

/** A customer reacted to a message, or took a reaction back. The message may come later than its reaction. */
export async function receiveReaction(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  fact: ReactionFact,
): Promise<'applied' | 'repeat'> {
  const { outcome, messageId } = await ctx.db.inWorkspace(workspaceId, async (tx) => ({
    outcome: await recordReaction(tx, workspaceId, {
      number_id: numberId,
      target_external_id: fact.target_external_id,
      direction: 'in',
      emoji: fact.emoji,
      at: fact.at ?? ctx.clock.now(),
    }),
    messageId: await findMessageId(tx, workspaceId, numberId, fact.target_external_id),
  }))
  if (outcome === 'applied' && messageId !== null)
    ctx.live.changed(workspaceId, { topic: 'message', id: messageId })
  return outcome
}
