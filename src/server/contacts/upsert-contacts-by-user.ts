import type { ContactId, WorkspaceId } from '../../contract/index.ts'
import { contactId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { selectContactsByUser } from './queries.ts'
import { upsertContact } from './upsert-contact.ts'

/** A file may be old: what WhatsApp told since holds. */
const longAgo = new Date(0)

/** Finds or makes the contacts of people with a user id; the map is keyed by it. */
export async function upsertContactsByUser(
  db: Db,
  workspaceId: WorkspaceId,
  people: readonly { phone: string | null; user_id: string }[],
  source: string,
): Promise<Map<string, ContactId>> {
  const known = await selectContactsByUser(
    db,
    workspaceId,
    people.map(({ user_id }) => user_id),
  )
  const byUser = new Map(known.map((row) => [row.user_id, row]))
  const found = new Map<string, ContactId>()
  for (const { phone, user_id } of people) {
    const row = byUser.get(user_id)
    const isSettled = row !== undefined && (phone === null || row.phone === phone)
    const identity = { phone, user_id, source, at: longAgo }
    found.set(
      user_id,
      isSettled ? contactId.parse(row.id) : (await upsertContact(db, workspaceId, identity)).id,
    )
  }
  return found
}
