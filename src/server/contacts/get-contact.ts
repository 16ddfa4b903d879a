import type { Contact } from '../../contract/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { presentContact } from './present-contact.ts'
import { selectContact } from './queries.ts'

/** Throws not_found, also for another workspace's id. */
export async function getContact(ctx: Ctx, actor: Actor, id: string): Promise<Contact> {
  const row = await ctx.db.inWorkspace(actor.workspaceId, (tx) => selectContact(tx, actor.workspaceId, id))
  if (!row) throw contactNotFound()
  return presentContact(row)
}

export function contactNotFound(): ParleyError {
  return new ParleyError('not_found', 'There is no contact with this id.')
}
