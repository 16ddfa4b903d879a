import type { Contact, UpdateContact } from '../../contract/index.ts'
import type { Actor, Ctx } from '../platform/index.ts'
import { contactNotFound } from './get-contact.ts'
import { presentContact } from './present-contact.ts'
import { updateContactRow } from './queries.ts'

/** Throws not_found. */
export async function updateContact(
  ctx: Ctx,
  actor: Actor,
  id: string,
  input: UpdateContact,
): Promise<Contact> {
  const row = await ctx.db.inWorkspace(actor.workspaceId, (tx) =>
    updateContactRow(tx, actor.workspaceId, id, input),
  )
  if (!row) throw contactNotFound()
  return presentContact(row)
}
