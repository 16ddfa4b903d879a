import { type ContactId, contactId, type WorkspaceId } from '../../contract/index.ts'
import { type Db, ParleyError } from '../platform/index.ts'
import { insertGroupIfNew, lockContactsByIdentity, nameGroupSince } from './queries.ts'

/** Finds or makes the contact that stands for a group: it has the group's id where people have their user id. */
export async function upsertGroup(
  db: Db,
  workspaceId: WorkspaceId,
  groupId: string,
): Promise<{ id: ContactId }> {
  await insertGroupIfNew(db, workspaceId, groupId)
  const [group] = await lockContactsByIdentity(db, workspaceId, [], groupId)
  if (group === undefined)
    throw new ParleyError('unavailable', 'The group changes too quickly, please try again.')
  return { id: contactId.parse(group.id) }
}

/** Its name in WhatsApp; an older one than is known changes nothing. */
export async function nameGroup(
  db: Db,
  workspaceId: WorkspaceId,
  { id, subject, at }: { id: ContactId; subject: string; at: Date },
): Promise<void> {
  await nameGroupSince(db, workspaceId, { id, subject, at: at.toISOString() })
}
