import type { ContactId, MessageContent, MessageId, NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { insertInboundMessage, selectIdByExternalId, upsertReaction } from './queries.ts'

export interface InboundMessage {
  id?: MessageId
  number_id: NumberId
  contact_id: ContactId
  external_id: string
  type: string
  content: MessageContent
  /** The provider's time; null when it made no sense, then ours. */
  at: Date | null
  context_external_id: string | null
  origin: 'customer'
}

export interface InboundReaction {
  number_id: NumberId
  target_external_id: string
  direction: 'in' | 'out'
  /** Empty takes the reaction back. */
  emoji: string
  at: Date
}

/** Writes an inbound message once: a second delivery of the same external id finds the first and changes nothing. */
export async function recordInbound(
  db: Db,
  workspaceId: WorkspaceId,
  message: InboundMessage,
): Promise<{ id: MessageId; repeat: boolean }> {
  const id = await insertInboundMessage(db, workspaceId, message)
  if (id !== null) return { id, repeat: false }
  const known = await selectIdByExternalId(db, workspaceId, message.number_id, message.external_id)
  if (known === null) throw new Error('A message with this external id was here and is gone.')
  return { id: known, repeat: true }
}

/** Notes a reaction beside the message it belongs to; an older or repeated one changes nothing. */
export async function recordReaction(
  db: Db,
  workspaceId: WorkspaceId,
  reaction: InboundReaction,
): Promise<'applied' | 'repeat'> {
  return (await upsertReaction(db, workspaceId, reaction)) ? 'applied' : 'repeat'
}
