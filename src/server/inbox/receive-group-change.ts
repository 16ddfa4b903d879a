import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import { nameGroup, upsertGroup } from '../contacts/index.ts'
import type { Ctx } from '../platform/index.ts'
import type { GroupFact } from '../providers/index.ts'
import { writeNote } from './write-note.ts'

/** What happens to a group stands in its thread as a line. */
export async function receiveGroupChange(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  fact: GroupFact,
): Promise<'applied' | 'repeat'> {
  const { group_id, external_id, change: type, subject } = fact
  const at = fact.at ?? ctx.clock.now()
  const written = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const { id } = await upsertGroup(tx, workspaceId, group_id)
    if (subject !== null) await nameGroup(tx, workspaceId, { id, subject, at })
    const note = { number_id: numberId, contact_id: id, external_id, type, body: wordsOf(fact), at }
    return await writeNote(tx, workspaceId, note)
  })
  if (written === null) return 'repeat'
  ctx.live.changed(workspaceId, { topic: 'conversation', id: written.conversationId })
  ctx.live.changed(workspaceId, { topic: 'message', id: written.messageId })
  return 'applied'
}

const ofPeople: Record<string, string> = {
  group_participants_add: 'joined the group',
  group_participants_remove: 'left the group',
  group_join_request_created: 'asked to join the group',
  group_join_request_revoked: 'no longer asks to join the group',
}

const ofGroups: Record<string, string> = {
  group_create: 'The group was made',
  group_delete: 'The group was deleted',
}

function wordsOf({ change, reason, subject, members }: GroupFact): string {
  const people = members.map(({ phone, user_id }) => (phone === null ? user_id : `+${phone}`)).join(', ')
  const done = ofPeople[change]
  const ofGroup = ofGroups[change] ?? `Group: ${spoken(change.replace(/^group_/, ''))}`
  const words = done && people !== '' ? `${people} ${done}` : ofGroup
  const more = [subject, reason === null ? null : spoken(reason)].filter((part) => part !== null)
  return more.length === 0 ? words : `${words} (${more.join(', ')})`
}

function spoken(word: string): string {
  return word.replaceAll('_', ' ').toLowerCase()
}
