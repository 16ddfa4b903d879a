import type { Role } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../platform/index.ts'
import { lockOwners, type MemberRow, selectMember, updateMemberRole } from './queries.ts'
import { mayManageRole } from './role.ts'

/** Throws not_found, forbidden (a role above one's own), last_owner. */
export async function changeMemberRole(
  ctx: Ctx,
  actor: Actor,
  { personId, role }: { personId: string; role: Role },
): Promise<MemberRow> {
  const { workspaceId } = actor
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const member = await takeManagedMember(tx, actor, personId)
    if (!mayManageRole(actor.role, role)) {
      throw new ParleyError('forbidden', 'Only an owner can make somebody an owner.')
    }
    if (role !== 'owner') await keepAnOwner(tx, actor, member)
    await updateMemberRole(tx, workspaceId, { person_id: personId, role })
    await recordAudit(tx, actor, {
      action: 'member.role_changed',
      subject_id: personId,
      subject_name: member.name,
      before: { role: member.role },
      after: { role },
    })
    return { ...member, role }
  })
}

/** The member, when the actor may manage them. */
export async function takeManagedMember(tx: Db, actor: Actor, personId: string): Promise<MemberRow> {
  const member = await selectMember(tx, actor.workspaceId, personId)
  if (!member) throw new ParleyError('not_found', 'There is no such member.')
  if (!mayManageRole(actor.role, member.role)) {
    throw new ParleyError('forbidden', 'Only an owner can change an owner.')
  }
  return member
}

/** A workspace without an owner could never be mended from inside. */
export async function keepAnOwner(tx: Db, { workspaceId }: Actor, leaving: MemberRow): Promise<void> {
  const owners = await lockOwners(tx, workspaceId)
  if (owners.includes(leaving.person_id) && owners.length === 1) {
    throw new ParleyError('last_owner', 'This is the last owner. Make somebody else an owner first.')
  }
}
