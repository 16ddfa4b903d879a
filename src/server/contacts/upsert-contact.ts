import { type ContactId, contactId, type WorkspaceId } from '../../contract/index.ts'
import { type Db, ParleyError } from '../platform/index.ts'
import {
  areOnePerson,
  changesOf,
  type FoundIdentity,
  type Identity,
  isOvertaken,
  matchContacts,
} from './identity.ts'
import { phoneVariants } from './phone.ts'
import {
  findContactsByIdentity,
  insertContactIfNew,
  mergeContacts,
  releasePhone,
  updateIdentity,
} from './queries.ts'

export interface UpsertedContact {
  id: ContactId
  created: boolean
  /** Whether something about them is new. */
  changed: boolean
}

/**
 * Finds or makes the contact that a user id and/or a phone stand for, and keeps what is new about them. News of a time
 * before they changed their phone or user id find them under the former one. When the two prove that two records are one
 * person, the older record takes over everything of the younger.
 */
export async function upsertContact(
  db: Db,
  workspaceId: WorkspaceId,
  identity: Identity,
): Promise<UpsertedContact> {
  if (identity.phone === null && identity.user_id === null)
    throw new ParleyError(
      'validation_failed',
      'Nobody can be told from this: it has neither a phone nor a user id.',
    )
  const variants = identity.phone === null ? [] : phoneVariants(identity.phone)
  // A second round finds the row of whoever was quicker; a third would mean that it was erased in between.
  for (let round = 0; round < 3; round += 1) {
    const rows = await findContactsByIdentity(db, workspaceId, { ...identity, variants })
    const known = await settleOnOne(db, workspaceId, { identity, variants, rows })
    if (known) {
      const changes = changesOf(known, identity, variants)
      await updateIdentity(db, workspaceId, known.id, changes)
      const changed = Object.keys(changes.values).length > 0
      return { id: contactId.parse(known.id), created: false, changed }
    }
    const id = await insertContactIfNew(db, workspaceId, identity)
    if (id !== null) return { id: contactId.parse(id), created: true, changed: true }
  }
  throw new ParleyError('unavailable', 'The contact changes too quickly, please try again.')
}

interface Settling {
  identity: Identity
  variants: readonly string[]
  rows: readonly FoundIdentity[]
}

async function settleOnOne(
  db: Db,
  workspaceId: WorkspaceId,
  { identity, variants, rows }: Settling,
): Promise<FoundIdentity | undefined> {
  const { byUser, byPhone } = matchContacts(identity, variants, rows)
  if (!byUser || !byPhone || byUser.id === byPhone.id) return byUser ?? byPhone
  if (!areOnePerson(byUser, byPhone)) {
    // Late news: whoever has the phone got it since.
    if (isOvertaken(byPhone, 'phone', identity.at ?? null)) return { ...byUser, was_phone: true }
    await releasePhone(db, workspaceId, byPhone.id)
    return byUser
  }
  const [survivor, merged] = byUser.id < byPhone.id ? [byUser, byPhone] : [byPhone, byUser]
  const one = await mergeContacts(db, workspaceId, survivor.id, merged.id)
  return one && { ...one, was_user: byUser.was_user, was_phone: byPhone.was_phone }
}
