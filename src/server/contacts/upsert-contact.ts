import { type ContactId, contactId, type WorkspaceId } from '../../contract/index.ts'
import { type Db, ParleyError } from '../platform/index.ts'
import type { IdentityRow } from './contact.ts'
import { areOnePerson, changesOf, type Identity, matchContacts } from './identity.ts'
import { phoneVariants } from './phone.ts'
import {
  insertContactIfNew,
  lockContactsByIdentity,
  mergeContacts,
  releasePhone,
  updateIdentity,
} from './queries.ts'

/**
 * Finds or makes the contact that a user id and/or a phone stand for, and keeps what is new about them.
 * When the two prove that two records are one person, the older record takes over everything of the younger.
 */
export async function upsertContact(
  db: Db,
  workspaceId: WorkspaceId,
  identity: Identity,
): Promise<{ id: ContactId; created: boolean }> {
  if (identity.phone === null && identity.user_id === null)
    throw new ParleyError(
      'validation_failed',
      'Nobody can be told from this: it has neither a phone nor a user id.',
    )
  const variants = identity.phone === null ? [] : phoneVariants(identity.phone)
  // A second round finds the row of whoever was quicker; a third would mean that it was erased in between.
  for (let round = 0; round < 3; round += 1) {
    const rows = await lockContactsByIdentity(db, workspaceId, variants, identity.user_id)
    const known = await settleOnOne(db, workspaceId, identity, variants, rows)
    if (known) {
      await updateIdentity(db, workspaceId, known.id, changesOf(known, identity, variants))
      return { id: contactId.parse(known.id), created: false }
    }
    const id = await insertContactIfNew(db, workspaceId, identity)
    if (id !== null) return { id: contactId.parse(id), created: true }
  }
  throw new ParleyError('unavailable', 'The contact changes too quickly, please try again.')
}

async function settleOnOne(
  db: Db,
  workspaceId: WorkspaceId,
  identity: Identity,
  variants: readonly string[],
  rows: readonly IdentityRow[],
): Promise<IdentityRow | undefined> {
  const { byUser, byPhone } = matchContacts(identity, variants, rows)
  if (!byUser || !byPhone || byUser.id === byPhone.id) return byUser ?? byPhone
  if (!areOnePerson(byUser, byPhone)) {
    await releasePhone(db, workspaceId, byPhone.id)
    return byUser
  }
  const [survivor, merged] = byUser.id < byPhone.id ? [byUser, byPhone] : [byPhone, byUser]
  return await mergeContacts(db, workspaceId, survivor.id, merged.id)
}
