import { recordAudit } from '../events/index.ts'
import type { Actor, Ctx } from '../platform/index.ts'
import { keepAnOwner, takeManagedMember } from './change-member-role.ts'
import { deleteMember } from './queries.ts'

/** The person keeps their account and other workspaces, and is out of this one at once. Throws as changeMemberRole. */
export async function removeMember(ctx: Ctx, actor: Actor, personId: string): Promise<void> {
  const { workspaceId } = actor
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const member = await takeManagedMember(tx, actor, personId)
    await keepAnOwner(tx, actor, member)
    await deleteMember(tx, workspaceId, personId)
    await recordAudit(tx, actor, {
      action: 'member.removed',
      subject_id: personId,
      subject_name: member.name,
      before: { email: member.email, role: member.role },
    })
  })
}
