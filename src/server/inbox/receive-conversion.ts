import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import { findMessageId, getMessage } from '../messages/index.ts'
import type { Ctx } from '../platform/index.ts'
import type { ConversionFact } from '../providers/index.ts'
import { writeNote } from './write-note.ts'

const words: Record<string, string> = {
  Purchase: 'WhatsApp recognised a purchase',
  LeadSubmitted: 'WhatsApp recognised a lead',
}

/** A purchase or a lead that an ad led to stands in the thread of its message; `kept` when that is not here. */
export async function receiveConversion(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  { external_id, event, amount, at }: ConversionFact,
): Promise<'applied' | 'repeat' | 'kept'> {
  const written = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const messageId = await findMessageId(tx, workspaceId, numberId, external_id)
    if (messageId === null) return 'kept'
    const { contact_id } = await getMessage(tx, workspaceId, messageId)
    const said = words[event] ?? `WhatsApp recognised an event: ${event}`
    return await writeNote(tx, workspaceId, {
      number_id: numberId,
      contact_id,
      external_id: `${event}-${external_id}`,
      type: event,
      body: amount === null ? said : `${said}: ${amount}`,
      at: at ?? ctx.clock.now(),
    })
  })
  if (written === 'kept') return 'kept'
  if (written === null) return 'repeat'
  ctx.live.changed(workspaceId, { topic: 'conversation', id: written.conversationId })
  ctx.live.changed(workspaceId, { topic: 'message', id: written.messageId })
  return 'applied'
}
