import type { Message, MessageContent, Reply, WorkspaceId } from '../../contract/index.ts'
import { messageId } from '../../contract/index.ts'
import { appendEvent } from '../events/index.ts'
import { bindToMessage } from '../media/index.ts'
import { getMessage, priorities, queueMessage, recordReaction } from '../messages/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../platform/index.ts'
import { wakeLane } from '../sending/index.ts'
import { conversationEvent } from './conversation-event.ts'
import { conversationNotFound } from './get-conversation.ts'
import { type LockedConversation, lockConversation, replyIntoConversation } from './queries.ts'
import { contentOfFile } from './reply-file.ts'
import { type ReplyTemplate, templateForReply } from './reply-template.ts'
import { isWindowOpen } from './window.ts'

/**
 * An agent answers: the message goes to the head of its number's lane. Throws not_found, connector_disconnected,
 * window_closed, template_not_approved and template_parameters_wrong.
 */
export async function sendReply(ctx: Ctx, actor: Actor, id: string, reply: Reply): Promise<Message> {
  const { workspaceId } = actor
  const { message, numberId } = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const conversation = await lockConversation(tx, workspaceId, id)
    if (!conversation) throw conversationNotFound()
    refuseDisconnected(conversation)
    if (reply.type !== 'template') refuseClosedWindow(conversation, ctx.clock.now())
    const template =
      reply.type === 'template'
        ? await templateForReply(tx, workspaceId, conversation.connector_id, reply.template)
        : null
    const sent = await writeReply(ctx, tx, { actor, conversation, reply, template })
    return { message: sent, numberId: conversation.number_id }
  })
  wakeLane(ctx, numberId)
  ctx.live.changed(workspaceId, { topic: 'conversation', id })
  ctx.live.changed(workspaceId, { topic: 'message', id: message.id })
  return message
}

function refuseDisconnected({ connected }: { connected: boolean }): void {
  if (connected) return
  const message = 'This number is disconnected. Reconnect it to go on.'
  throw new ParleyError('connector_disconnected', message)
}

export function refuseClosedWindow(
  { window_expires_at }: { window_expires_at: Date | null },
  now: Date,
): void {
  if (isWindowOpen(window_expires_at, now)) return
  throw new ParleyError(
    'window_closed',
    'More than 24 hours have passed since the customer last wrote: only a template can be sent.',
    { window_expires_at: window_expires_at?.toISOString() ?? null },
  )
}

async function writeReply(
  ctx: Ctx,
  db: Db,
  {
    actor,
    conversation,
    reply,
    template,
  }: { actor: Actor; conversation: LockedConversation; reply: Reply; template: ReplyTemplate | null },
): Promise<Message> {
  const { workspaceId } = actor
  const at = ctx.clock.now()
  const { number_id, contact_id } = conversation
  const context = await quotedId(db, workspaceId, reply)
  const content =
    template?.content ?? (await contentOf(ctx, db, { workspaceId, numberId: number_id, reply, context }))
  const { id } = await queueMessage(db, workspaceId, {
    number_id,
    contact_id,
    to_phone: conversation.phone,
    to_user_id: conversation.user_id,
    origin: 'agent',
    type: reply.type,
    content,
    priority: priorities.reply,
    sent_by: actor.id,
    ...(context === null ? {} : { context_external_id: context }),
    ...(template === null ? {} : { template_id: template.id, category: template.category }),
  })
  if (content.media_id !== undefined) await bindToMessage(db, workspaceId, content.media_id, id)
  if (reply.type === 'reaction' && context !== null) {
    const { emoji } = reply.reaction
    const reaction = { number_id, target_external_id: context, direction: 'out', emoji, at } as const
    await recordReaction(db, workspaceId, reaction)
  } else {
    await replyIntoConversation(db, workspaceId, conversation.id, { id, at })
    if (conversation.state === 'closed')
      await appendEvent(db, workspaceId, conversationEvent('conversation.opened', conversation, at))
  }
  return await getMessage(db, workspaceId, id)
}

interface ContentQuestion {
  workspaceId: WorkspaceId
  numberId: string
  reply: Reply
  context: string | null
}

async function contentOf(
  ctx: Ctx,
  db: Db,
  { reply, context, ...owner }: ContentQuestion,
): Promise<MessageContent> {
  switch (reply.type) {
    case 'text':
      return { text: reply.text }
    case 'template':
      return { template: reply.template }
    case 'reaction':
      return { reaction: { message_id: context, emoji: reply.reaction.emoji } }
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      return contentOfFile(ctx, db, { ...owner, reply })
    default:
      return reply satisfies never
  }
}

/** The provider's id of the message that is quoted or reacted to; callers may name it by ours. */
async function quotedId(db: Db, workspaceId: WorkspaceId, reply: Reply): Promise<string | null> {
  const named =
    reply.type === 'reaction'
      ? reply.reaction.message_id
      : reply.type === 'template'
        ? undefined
        : reply.context?.message_id
  if (named === undefined) return null
  const ours = messageId.safeParse(named)
  if (!ours.success) return named
  const message = await getMessage(db, workspaceId, ours.data)
  if (message.external_message_id !== null) return message.external_message_id
  throw new ParleyError('conflict', 'The message has not reached WhatsApp yet, so it cannot be quoted.')
}
