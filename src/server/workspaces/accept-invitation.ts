import { type AcceptInvitation, personId, workspaceId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Ctx, type Db, ParleyError } from '../platform/index.ts'
import { refuseCommonPassword } from './common-passwords.ts'
import { hashToken } from './credential.ts'
import { hashPassword } from './password.ts'
import { type InvitationRow, insertMember, selectOpenInvitation, takeInvitation } from './queries.ts'
import { insertPerson, selectPersonByEmail } from './queries-people.ts'
import { confirmPassword, type SignInOrigin } from './sign-in.ts'
import { actorIn } from './signed-in.ts'

interface Joining {
  id: string
  name: string
  /** null: the person exists already. */
  passwordHash: string | null
}

/**
 * Makes the person a member. Somebody who has an account proves it with its password; for others this password
 * becomes theirs. Throws not_found when the link is used up, sign_in_failed, too_many_requests, validation_failed.
 */
export async function acceptInvitation(
  ctx: Ctx,
  { token, name, password }: AcceptInvitation,
  origin: SignInOrigin,
): Promise<{ personId: string; workspaceId: string }> {
  const tokenHash = hashToken(token)
  const invitation = await selectOpenInvitation(ctx.db.worker, tokenHash)
  if (!invitation) throw linkIsUsedUp()
  const joining = await identify(ctx, { email: invitation.email, name, password }, origin)
  return ctx.db.asWorker(async (tx) => {
    const taken = await takeInvitation(tx, tokenHash)
    if (!taken) throw linkIsUsedUp()
    await join(tx, taken, joining)
    return { personId: joining.id, workspaceId: taken.workspace_id }
  })
}

async function identify(
  ctx: Ctx,
  { email, name, password }: { email: string; name: string; password: string },
  origin: SignInOrigin,
): Promise<Joining> {
  if (await selectPersonByEmail(ctx.db.worker, email)) {
    const person = await confirmPassword(ctx, { email, password }, origin)
    return { id: person.id, name: person.name, passwordHash: null }
  }
  await refuseCommonPassword(password)
  return { id: ctx.random.id('per'), name, passwordHash: await hashPassword(ctx.random, password) }
}

async function join(
  tx: Db,
  invitation: InvitationRow & { workspace_id: string },
  { id, name, passwordHash }: Joining,
): Promise<void> {
  const { email, role } = invitation
  const workspace = workspaceId.parse(invitation.workspace_id)
  const person = { id: personId.parse(id), email, name }
  if (passwordHash !== null) await insertPerson(tx, { ...person, password_hash: passwordHash })
  await insertMember(tx, workspace, { person_id: person.id, role })
  await recordAudit(tx, actorIn(person, { workspace_id: workspace, role, slug: '', name: '' }), {
    action: 'member.joined',
    subject_id: person.id,
    subject_name: name,
    after: { role },
  })
}

function linkIsUsedUp(): ParleyError {
  return new ParleyError(
    'not_found',
    'This link is not valid any more. Ask whoever invited you for a new one.',
  )
}
