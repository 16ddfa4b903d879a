import type { WorkspaceId } from '../../contract/index.ts'
import type { Ctx } from '../platform/index.ts'
import type { AddressBookFact } from '../providers/index.ts'
import { phoneVariants } from './phone.ts'
import { lockContactsByIdentity } from './queries.ts'
import { upsertContact } from './upsert-contact.ts'

/**
 * An entry of the address book of the WhatsApp Business app becomes a contact, or gives one its name. Whoever is taken out
 * of the book stays here, for what was written with them.
 */
export async function applyAddressBook(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  { action, phone, name }: AddressBookFact,
): Promise<'applied' | 'repeat' | 'kept'> {
  if (action === 'remove') return 'kept'
  return await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const known = await lockContactsByIdentity(tx, workspaceId, phoneVariants(phone), null)
    const isNamed = known.length > 0 && (name === null || known.every((row) => row.name !== null))
    if (isNamed) return 'repeat'
    await upsertContact(tx, workspaceId, { phone, user_id: null, name, source: 'app' })
    return 'applied'
  })
}
