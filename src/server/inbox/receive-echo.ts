import type { ContactId, NumberId, WorkspaceId } from '../../contract/index.ts'
import { upsertContact } from '../contacts/index.ts'
import { expectMedia } from '../media/index.ts'
import { findMessageId, recordAmendment, recordEcho } from '../messages/index.ts'
import type { Ctx, Db } from '../platform/index.ts'
import type { EchoFact } from '../providers/index.ts'
import { fetchSoon } from './fetch-files.ts'
import { fileOf } from './inbound-content.ts'
import { noteReaction } from './note-reaction.ts'
import { echoIntoConversation } from './queries-elsewhere.ts'
import { tellOpened } from './tell-opened.ts'

interface Echoing {
  workspaceId: WorkspaceId
  numberId: NumberId
  fact: EchoFact
  inboundLogId: string | null
}

/** We wrote in the Business app on the phone: it stands in the thread as ours, and the customer's messages count as read. */
export async function receiveEcho(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  fact: EchoFact,
  inboundLogId: string | null = null,
): Promise<'applied' | 'repeat'> {
  const echoing = { workspaceId, numberId, fact, inboundLogId }
  const written = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    if ((await findMessageId(tx, workspaceId, numberId, fact.external_id)) !== null) return null
    const identity = { phone: fact.to_phone, user_id: fact.to_user_id, source: 'inbound', at: fact.at }
    const { id: contactId } = await upsertContact(tx, workspaceId, identity)
    // Somebody else may have been writing it until now.
    if ((await findMessageId(tx, workspaceId, numberId, fact.external_id)) !== null) return null
    return await writeEcho(ctx, tx, { ...echoing, contactId })
  })
  if (written === null) return 'repeat'
  ctx.live.changed(workspaceId, { topic: 'conversation', id: written.conversationId })
  ctx.live.changed(workspaceId, { topic: 'message', id: written.messageId })
  if (written.mediaId !== null) await fetchSoon(ctx, workspaceId, written.mediaId)
  return 'applied'
}

async function writeEcho(
  ctx: Ctx,
  db: Db,
  { workspaceId, numberId, fact, inboundLogId, contactId }: Echoing & { contactId: ContactId },
) {
  const at = fact.at ?? ctx.clock.now()
  const { external_id, to_phone, to_user_id, type, content, context_external_id } = fact
  const pair = { number_id: numberId, contact_id: contactId }
  const echo = { ...pair, external_id, to_phone, to_user_id, type, content, context_external_id, at }
  const messageId = await recordEcho(db, workspaceId, echo, inboundLogId)
  await recordAmendment(db, workspaceId, { ...echo, id: messageId })
  await noteReaction(db, workspaceId, { number_id: numberId, direction: 'out', type, content, at })
  const file = fileOf(type, content)
  const mediaId =
    file === null
      ? null
      : await expectMedia(db, workspaceId, { ...file, number_id: numberId, message_id: messageId })
  const conversation = await echoIntoConversation(db, workspaceId, { ...pair, message_id: messageId, at })
  await tellOpened(db, workspaceId, conversation, { ...pair, phone: to_phone, at })
  return { messageId, mediaId, conversationId: conversation.id }
}
