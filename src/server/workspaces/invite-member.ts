import { type Invitation, type InviteMember, invitationId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { hashToken } from './credential.ts'
import { presentInvitation } from './present-workspace.ts'
import { insertInvitation, selectMembers } from './queries.ts'
import { mayManageRole } from './role.ts'

/** An invitation outlives a weekend. */
const daysValid = 7
/** A link may be seen on its way, so it is short-lived: there is another one for as long as the invitation stands. */
export const linkMinutesValid = 30

/** An invitation with its link, which is shown this once. Throws forbidden (a role above one's own), email_taken. */
export async function inviteMember(
  ctx: Ctx,
  actor: Actor,
  { email, role }: InviteMember,
): Promise<Invitation> {
  const { workspaceId } = actor
  if (!mayManageRole(actor.role, role)) {
    throw new ParleyError('forbidden', 'Only an owner can invite an owner.')
  }
  const token = ctx.random.token()
  const id = invitationId.parse(ctx.random.id('inv'))
  const row = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const members = await selectMembers(tx, workspaceId)
    if (members.some((member) => member.email.toLowerCase() === email.toLowerCase())) {
      throw new ParleyError('email_taken', 'This person is a member already.')
    }
    const invitedBy = actor.kind === 'person' ? actor.id : null
    await recordAudit(tx, actor, {
      action: 'member.invited',
      subject_id: id,
      subject_name: email,
      after: { role },
    })
    return insertInvitation(tx, workspaceId, {
      id,
      email,
      role,
      token_hash: hashToken(token),
      invited_by: invitedBy,
      daysValid,
      linkMinutesValid,
    })
  })
  return { ...presentInvitation(row), link: invitationLink(ctx, token) }
}

export function invitationLink({ config }: Pick<Ctx, 'config'>, token: string): string {
  return `${config.publicUrl}/invitation?token=${token}`
}
