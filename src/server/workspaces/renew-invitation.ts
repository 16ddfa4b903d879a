import type { Invitation } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { hashToken } from './credential.ts'
import { invitationLink, linkMinutesValid } from './invite-member.ts'
import { presentInvitation } from './present-workspace.ts'
import { renewInvitation as renewRow } from './queries.ts'
import { mayManageRole } from './role.ts'

/** Another link for an open invitation, shown this once; the one before stops working. Throws not_found, forbidden. */
export async function renewInvitation(ctx: Ctx, actor: Actor, id: string): Promise<Invitation> {
  const { workspaceId } = actor
  const token = ctx.random.token()
  const row = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const renewed = await renewRow(tx, workspaceId, { id, token_hash: hashToken(token), linkMinutesValid })
    if (renewed === null) throw new ParleyError('not_found', 'There is no such open invitation.')
    if (!mayManageRole(actor.role, renewed.role))
      throw new ParleyError('forbidden', 'Only an owner can invite an owner.')
    await recordAudit(tx, actor, {
      action: 'invitation.renewed',
      subject_id: renewed.id,
      subject_name: renewed.email,
    })
    return renewed
  })
  return { ...presentInvitation(row), link: invitationLink(ctx, token) }
}
