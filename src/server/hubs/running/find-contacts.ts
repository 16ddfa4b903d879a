import type { ContactId, WorkspaceId } from '../../../contract/index.ts'
import { upsertContactsByPhone, upsertContactsByUser } from '../../contacts/index.ts'
import type { Db } from '../../platform/index.ts'
import type { StoredRow } from '../recipients/queries.ts'
import { selectContactsInList } from './queries.ts'

export type FoundPerson = { contact: ContactId; isInListAlready: boolean }

/**
 * Who the rows are about, by the id of the row. One person may stand in a list by phone in one row and by user id in
 * another, which only their contact tells.
 */
export async function findContacts(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, rows }: { listId: string; rows: readonly StoredRow[] },
): Promise<Map<string, FoundPerson>> {
  const withUser = rows.flatMap(({ phone, user_id }) => (user_id === null ? [] : [{ phone, user_id }]))
  const byUser = await upsertContactsByUser(db, workspaceId, withUser, 'list')
  const phones = rows.flatMap(({ phone, user_id }) => (phone === null || user_id !== null ? [] : [phone]))
  const byPhone = await upsertContactsByPhone(db, workspaceId, phones, 'list')
  const found = new Map<string, FoundPerson>()
  const seen = new Set<string>()
  for (const { id, phone, user_id } of rows) {
    const contact = user_id === null ? byPhone.get(phone ?? '') : byUser.get(user_id)
    if (contact === undefined) throw new Error('A recipient has no contact.')
    found.set(id, { contact, isInListAlready: seen.has(contact) })
    seen.add(contact)
  }
  return withUser.length === 0 ? found : await withEarlier(db, workspaceId, { listId, found })
}

async function withEarlier(
  db: Db,
  workspaceId: WorkspaceId,
  { listId, found }: { listId: string; found: ReadonlyMap<string, FoundPerson> },
): Promise<Map<string, FoundPerson>> {
  const ids = [...found.values()].map(({ contact }) => contact)
  const earlier = new Set(await selectContactsInList(db, workspaceId, { listId, ids }))
  return new Map(
    [...found].map(([id, { contact, isInListAlready }]) => [
      id,
      { contact, isInListAlready: isInListAlready || earlier.has(contact) },
    ]),
  )
}
