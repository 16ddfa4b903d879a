import type { WorkspaceId } from '../../contract/index.ts'
import type { Ctx } from '../platform/index.ts'
import type { AddressBookFact } from '../providers/index.ts'
import { upsertContact } from './upsert-contact.ts'

/**
 * An entry of the address book of the WhatsApp Business app becomes a contact, or gives one its name. Whoever is taken out
 * of the book stays here, for what was written with them.
 */
export async function applyAddressBook(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  { action, phone, name, at }: AddressBookFact,
): Promise<'applied' | 'repeat' | 'kept'> {
  if (action === 'remove') return 'kept'
  const { created, changed } = await ctx.db.inWorkspace(workspaceId, (tx) =>
    upsertContact(tx, workspaceId, { phone, user_id: null, name, source: 'app', at }),
  )
  return created || changed ? 'applied' : 'repeat'
}
