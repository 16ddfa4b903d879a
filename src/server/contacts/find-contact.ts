import { type ContactId, contactId, type WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { type Identity, matchContacts } from './identity.ts'
import { phoneVariants } from './phone.ts'
import { findContactsByIdentity } from './queries.ts'

/** The contact that a user id or a phone stands for; null while nobody is known by them. */
export async function findContact(
  db: Db,
  workspaceId: WorkspaceId,
  identity: Identity,
): Promise<ContactId | null> {
  const variants = identity.phone === null ? [] : phoneVariants(identity.phone)
  const rows = await findContactsByIdentity(db, workspaceId, { ...identity, variants })
  const { byUser, byPhone } = matchContacts(identity, variants, rows)
  const known = byUser ?? byPhone
  return known === undefined ? null : contactId.parse(known.id)
}
