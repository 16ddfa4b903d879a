import type { Conversation, Message, PageQuery } from '../../contract/index.ts'
import { readThread } from '../messages/index.ts'
import { type Actor, type Ctx, openCursor, ParleyError, sealCursor } from '../platform/index.ts'
import { presentConversation } from './present-conversation.ts'
import { selectConversation } from './queries.ts'

/** Throws not_found, also for another workspace's id. */
export async function getConversation(ctx: Ctx, actor: Actor, id: string): Promise<Conversation> {
  const row = await ctx.db.inWorkspace(actor.workspaceId, (tx) =>
    selectConversation(tx, actor.workspaceId, id),
  )
  if (!row) throw conversationNotFound()
  return presentConversation(row, ctx.clock.now())
}

/** A page of its messages, newest first. Throws not_found. */
export async function readConversation(
  ctx: Ctx,
  actor: Actor,
  id: string,
  query: PageQuery,
): Promise<{ data: Message[]; next_cursor: string | null }> {
  const cursor = query.cursor === undefined ? undefined : openCursor(ctx, query.cursor)
  const { data, next_cursor } = await ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    const row = await selectConversation(tx, actor.workspaceId, id)
    if (!row) throw conversationNotFound()
    return readThread(tx, actor.workspaceId, row, { limit: query.limit, cursor })
  })
  return { data, next_cursor: next_cursor === null ? null : sealCursor(ctx, next_cursor) }
}

export function conversationNotFound(): ParleyError {
  return new ParleyError('not_found', 'There is no conversation with this id.')
}
