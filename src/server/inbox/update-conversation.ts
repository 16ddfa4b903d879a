import type { Conversation, UpdateConversation } from '../../contract/index.ts'
import { appendEvent } from '../events/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../platform/index.ts'
import { conversationEvent } from './conversation-event.ts'
import { conversationNotFound } from './get-conversation.ts'
import { markReadSoon } from './mark-read.ts'
import { presentConversation } from './present-conversation.ts'
import {
  isMember,
  type LockedConversation,
  lockConversation,
  selectConversation,
  updateConversationRow,
} from './queries.ts'

/** Throws not_found, and validation_failed for an assignee who is no member. */
export async function updateConversation(
  ctx: Ctx,
  actor: Actor,
  id: string,
  changes: UpdateConversation,
): Promise<Conversation> {
  const { workspaceId } = actor
  const { row, wasUnread } = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const before = await lockConversation(tx, workspaceId, id)
    if (!before) throw conversationNotFound()
    await applyChanges(ctx, tx, { actor, before, changes })
    return { row: await selectConversation(tx, workspaceId, id), wasUnread: before.unread_count > 0 }
  })
  if (!row) throw conversationNotFound()
  ctx.live.changed(workspaceId, { topic: 'conversation', id })
  if (changes.read && wasUnread) await markReadSoon(ctx, workspaceId, id)
  return presentConversation(row, ctx.clock.now())
}

async function applyChanges(
  ctx: Ctx,
  db: Db,
  { actor, before, changes }: { actor: Actor; before: LockedConversation; changes: UpdateConversation },
): Promise<void> {
  const { workspaceId } = actor
  const { state, assignee_id } = changes
  if (assignee_id && !(await isMember(db, workspaceId, assignee_id))) throw notAMember()
  await updateConversationRow(db, workspaceId, before.id, {
    ...(state === undefined ? {} : { state }),
    ...(assignee_id === undefined ? {} : { assignee_id }),
    ...(changes.read ? { unread_count: 0 } : {}),
  })
  if (state === undefined || (state === 'closed') === (before.state === 'closed')) return
  const type = state === 'closed' ? 'conversation.closed' : 'conversation.opened'
  await appendEvent(db, workspaceId, conversationEvent(type, before, ctx.clock.now()))
}

function notAMember(): ParleyError {
  const message = 'Nobody in this workspace has this id.'
  return new ParleyError('validation_failed', message, { fields: [{ path: 'assignee_id', message }] })
}
