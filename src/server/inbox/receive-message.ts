import type { ContactId, MediaId, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import { hearConsentWord, upsertContact, upsertGroup } from '../contacts/index.ts'
import { appendEvents } from '../events/index.ts'
import { expectMedia } from '../media/index.ts'
import { findMessageId, recordAmendment, recordInbound } from '../messages/index.ts'
import type { Ctx, Db } from '../platform/index.ts'
import type { MessageFact } from '../providers/index.ts'
import { wakeLane } from '../sending/index.ts'
import { confirmConsent } from './confirm-consent.ts'
import { fetchSoon } from './fetch-files.ts'
import { fileOf } from './inbound-content.ts'
import { messageReceivedData } from './message-received.ts'
import { noteReaction } from './note-reaction.ts'
import { receiveIntoConversation, type TouchedConversation } from './queries.ts'
import { windowEnd } from './window.ts'

interface Receiving {
  workspaceId: WorkspaceId
  numberId: NumberId
  fact: MessageFact
  inboundLogId: string | null
}

interface Received {
  message_id: MessageId
  /** We answered in the same transaction. */
  isConfirmed: boolean
  /** Who opted out or in by it. */
  turned_contact_id: ContactId | null
  media_id: MediaId | null
  conversation: TouchedConversation
}

/**
 * Somebody wrote to one of our numbers: contact, message, conversation and events, in one transaction. A message told
 * before changes nothing, not even the contact: an old webhook told again must not bring back an old profile name.
 */
export async function receiveMessage(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  fact: MessageFact,
  inboundLogId: string | null = null,
): Promise<{ outcome: 'applied' | 'repeat'; message_id: MessageId }> {
  const received = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const known = await findMessageId(tx, workspaceId, numberId, fact.external_id)
    return known ?? (await writeMessage(ctx, tx, { workspaceId, numberId, fact, inboundLogId }))
  })
  if (typeof received === 'string') return { outcome: 'repeat', message_id: received }
  ctx.live.changed(workspaceId, { topic: 'conversation', id: received.conversation.id })
  ctx.live.changed(workspaceId, { topic: 'message', id: received.message_id })
  if (received.turned_contact_id !== null)
    ctx.live.changed(workspaceId, { topic: 'contact', id: received.turned_contact_id })
  if (received.isConfirmed) wakeLane(ctx, numberId)
  if (received.media_id !== null) await fetchSoon(ctx, workspaceId, received.media_id)
  return { outcome: 'applied', message_id: received.message_id }
}

/** The id alone when another worker wrote the same message a moment before. */
async function writeMessage(
  ctx: Ctx,
  db: Db,
  { workspaceId, numberId, fact, inboundLogId }: Receiving,
): Promise<Received | MessageId> {
  const at = fact.at ?? ctx.clock.now()
  const contact = await writerOf(db, workspaceId, fact)
  const pair = { number_id: numberId, contact_id: contact.id }
  const { type, external_id, context_external_id } = fact
  const content = fact.group_id === null ? fact.content : { ...fact.content, sender: senderOf(fact) }
  const message = {
    ...pair,
    external_id,
    type,
    content,
    at,
    context_external_id,
    origin: 'customer',
  } as const
  const { id: messageId, repeat } = await recordInbound(db, workspaceId, message)
  if (repeat) return messageId
  await recordAmendment(db, workspaceId, { ...message, id: messageId })
  await noteReaction(db, workspaceId, { ...message, direction: 'in' })

  const mediaId = await expectFile(db, workspaceId, { numberId, messageId, fact })
  const conversation = await receiveIntoConversation(db, workspaceId, {
    ...pair,
    message_id: messageId,
    at,
    window_expires_at: fact.opens_window ? windowEnd(at, ctx.clock.now()) : null,
  })
  const subject = { ...pair, message_id: messageId, at }
  const common = { instance_id: numberId, instance_name: conversation.instance_name }
  const data = messageReceivedData(fact, {
    ...subject,
    conversation,
    mediaId,
    publicUrl: ctx.config.publicUrl,
  })
  const opened = { ...common, conversation_id: conversation.id, contact_id: contact.id, from: data.from }
  const told = { ...subject, inbound_log_id: inboundLogId }
  const turned = await hearConsent(db, workspaceId, fact, { ...subject, text: data.message_text })
  await appendEvents(db, workspaceId, [
    ...(conversation.opened ? [{ ...subject, type: 'conversation.opened' as const, data: opened }] : []),
    { ...told, type: 'message.received', data: { ...data } },
    ...(turned === null
      ? []
      : [
          {
            ...told,
            type: turned.type,
            data: { ...opened, from_user_id: data.from_user_id, ...turned.data },
          },
        ]),
  ])
  const answer = { ...pair, conversation_id: conversation.id, text: turned?.confirmation ?? null, at }
  const isConfirmed = await confirmConsent(ctx, db, workspaceId, answer)
  const turned_contact_id = turned === null ? null : contact.id
  return { message_id: messageId, media_id: mediaId, conversation, isConfirmed, turned_contact_id }
}

/** Words that somebody typed, or the text of a template's button; what a group says is nobody's own consent. */
async function hearConsent(
  db: Db,
  workspaceId: WorkspaceId,
  { type, external_id, group_id }: MessageFact,
  {
    text,
    ...subject
  }: { number_id: NumberId; contact_id: ContactId; message_id: MessageId; at: Date } & {
    text: string | null
  },
): ReturnType<typeof hearConsentWord> {
  if (text === null || group_id !== null || (type !== 'text' && type !== 'button')) return null
  return hearConsentWord(db, workspaceId, { ...subject, external_message_id: external_id, text })
}

/** Whose thread it belongs to: the person's, or the group's. */
async function writerOf(db: Db, workspaceId: WorkspaceId, fact: MessageFact): Promise<{ id: ContactId }> {
  if (fact.group_id !== null) return upsertGroup(db, workspaceId, fact.group_id)
  return upsertContact(db, workspaceId, {
    phone: fact.from_phone,
    user_id: fact.from_user_id,
    username: fact.username,
    profile_name: fact.profile_name,
    source: 'inbound',
    at: fact.at,
  })
}

/** Which member of a group wrote. */
function senderOf({ from_phone, from_user_id, username, profile_name }: MessageFact) {
  return { phone: from_phone, user_id: from_user_id, name: profile_name ?? username }
}

async function expectFile(
  db: Db,
  workspaceId: WorkspaceId,
  { numberId, messageId, fact }: { numberId: NumberId; messageId: MessageId; fact: MessageFact },
): Promise<MediaId | null> {
  const file = fileOf(fact.type, fact.content)
  if (file === null) return null
  return await expectMedia(db, workspaceId, { ...file, number_id: numberId, message_id: messageId })
}
