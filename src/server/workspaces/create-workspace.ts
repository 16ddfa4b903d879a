import { type Membership, membership, workspaceId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { insertMember, insertWorkspace } from './queries.ts'

/** A further workspace, owned by the person who makes it. Throws slug_taken. */
export async function createWorkspace(
  ctx: Ctx,
  actor: Actor,
  { name, slug }: { name: string; slug: string },
): Promise<Membership> {
  const id = workspaceId.parse(ctx.random.id('wsp'))
  await ctx.db.asWorker(async (tx) => {
    if (!(await insertWorkspace(tx, { id, slug, name }))) {
      throw new ParleyError('slug_taken', 'Another workspace has this address. Choose a different one.', {
        fields: [{ path: 'slug', message: 'Another workspace has this address.' }],
      })
    }
    await insertMember(tx, id, { person_id: actor.id, role: 'owner' })
    await recordAudit(
      tx,
      { ...actor, workspaceId: id },
      { action: 'workspace.created', subject_id: id, subject_name: name },
    )
  })
  return membership.parse({ workspace_id: id, slug, name, role: 'owner' })
}
