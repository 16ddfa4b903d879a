import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { deleteInvitation } from './queries.ts'

/** Its link stops working. Throws not_found, also for one that was accepted. */
export async function revokeInvitation(ctx: Ctx, actor: Actor, invitationId: string): Promise<void> {
  const { workspaceId } = actor
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const row = await deleteInvitation(tx, workspaceId, invitationId)
    if (!row) throw new ParleyError('not_found', 'There is no such open invitation.')
    await recordAudit(tx, actor, {
      action: 'invitation.revoked',
      subject_id: row.id,
      subject_name: row.email,
      before: { role: row.role },
    })
  })
}
