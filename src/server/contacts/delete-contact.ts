import { forgetContact, recordAudit } from '../events/index.ts'
import type { Actor, Ctx } from '../platform/index.ts'
import { contactNotFound } from './get-contact.ts'
import { deleteContactRow } from './queries.ts'

/** Messages and conversations go with the contact, and soon afterwards what events say of it. Throws not_found. */
export async function deleteContact(ctx: Ctx, actor: Actor, id: string): Promise<void> {
  await ctx.db.inWorkspace(actor.workspaceId, async (tx) => {
    const row = await deleteContactRow(tx, actor.workspaceId, id)
    if (!row) throw contactNotFound()
    // The entry outlives the person: it must not carry the name or phone that was erased.
    await recordAudit(tx, actor, { action: 'contact.deleted', subject_id: row.id })
    await forgetContact(ctx, actor.workspaceId, row.id)
  })
}
