import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import { upsertContact } from '../contacts/index.ts'
import { findMessageId, insertEcho, mergeCall } from '../messages/index.ts'
import type { Ctx } from '../platform/index.ts'
import type { CallFact, MessageFact } from '../providers/index.ts'
import { echoIntoConversation } from './queries-elsewhere.ts'
import { receiveMessage } from './receive-message.ts'
import { tellOpened } from './tell-opened.ts'

/**
 * A call stands in the thread like a message, and grows as the provider tells how it went on. Parley answers none; a call
 * of a customer opens the 24 h window as a message would.
 */
export async function receiveCall(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  fact: CallFact,
  inboundLogId: string | null = null,
): Promise<'applied' | 'repeat' | 'kept'> {
  const known = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const id = await findMessageId(tx, workspaceId, numberId, fact.external_id)
    if (id === null) return null
    const isChanged = await mergeCall(tx, workspaceId, id, { call: callOf(fact), at: fact.at })
    return { id, isChanged }
  })
  if (known !== null) {
    if (known.isChanged) ctx.live.changed(workspaceId, { topic: 'message', id: known.id })
    return known.isChanged ? 'applied' : 'repeat'
  }
  if (fact.phone === null && fact.user_id === null) return 'kept'
  if (fact.direction === 'out') return await writeOwnCall(ctx, workspaceId, { numberId, fact })
  const { outcome } = await receiveMessage(ctx, workspaceId, numberId, asMessage(fact), inboundLogId)
  return outcome
}

function callOf({ event, result, duration_seconds, direction, error, ended_at }: CallFact) {
  const told = { direction, result, duration_seconds, error, ended_at }
  return { event, ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null)) }
}

function asMessage(fact: CallFact): MessageFact {
  const { waba_id, phone_number_id, external_id, username, profile_name, at } = fact
  return {
    kind: 'message',
    waba_id,
    phone_number_id,
    external_id,
    from_phone: fact.phone,
    from_user_id: fact.user_id,
    username,
    profile_name,
    at,
    type: 'call',
    content: { call: callOf(fact) },
    context_external_id: null,
    opens_window: true,
    group_id: null,
  }
}

/** We called from the Business app, or another program did. */
async function writeOwnCall(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  { numberId, fact }: { numberId: NumberId; fact: CallFact },
): Promise<'applied' | 'repeat'> {
  const { external_id, phone, user_id, username, profile_name } = fact
  const at = fact.at ?? ctx.clock.now()
  const conversationId = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const contact = await upsertContact(tx, workspaceId, {
      phone,
      user_id,
      username,
      profile_name,
      source: 'inbound',
      at: fact.at,
    })
    const known = await findMessageId(tx, workspaceId, numberId, external_id)
    if (known !== null) return null
    const pair = { number_id: numberId, contact_id: contact.id }
    const content = { call: callOf(fact) }
    const call = { ...pair, external_id, to_phone: phone, to_user_id: user_id, type: 'call', content, at }
    const id = await insertEcho(tx, workspaceId, { ...call, context_external_id: null })
    const conversation = await echoIntoConversation(tx, workspaceId, { ...pair, message_id: id, at })
    await tellOpened(tx, workspaceId, conversation, { ...pair, phone, at })
    return conversation.id
  })
  if (conversationId === null) return 'repeat'
  ctx.live.changed(workspaceId, { topic: 'conversation', id: conversationId })
  return 'applied'
}
