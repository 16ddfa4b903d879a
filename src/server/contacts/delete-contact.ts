import { recordAudit } from '../events/index.ts'
import type { Actor, Ctx } from '../platform/index.ts'
import { eraseSoon } from './erase-traces.ts'
import { contactNotFound } from './get-contact.ts'
import { phoneVariants } from './phone.ts'
import { deleteContactRow } from './queries.ts'
import { insertErasure, keepOptOuts, selectTraces } from './queries-erasures.ts'

/**
 * Messages and conversations go with the contact at once, soon afterwards whatever else tells of the person; only that
 * they want no messages is kept, without their phone. Throws not_found.
 */
export async function deleteContact(ctx: Ctx, actor: Actor, id: string): Promise<void> {
  const { workspaceId } = actor
  const erasureId = ctx.random.id('ers')
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const known = await selectTraces(tx, workspaceId, id)
    if (!known) throw contactNotFound()
    const phones = [...new Set(known.phones.flatMap(phoneVariants))]
    const traces = { phones, user_ids: known.user_ids }
    await keepOptOuts(tx, workspaceId, id, [...phones, ...known.user_ids])
    await deleteContactRow(tx, workspaceId, id)
    const erasure = { id: erasureId, contact_id: id, requested_by: actor.name, traces }
    await insertErasure(tx, workspaceId, { ...erasure, messages: known.messages })
    // The entry outlives the person: it must not carry the name or phone that was erased.
    await recordAudit(tx, actor, { action: 'contact.deleted', subject_id: id })
  })
  await eraseSoon(ctx, workspaceId, erasureId)
}
