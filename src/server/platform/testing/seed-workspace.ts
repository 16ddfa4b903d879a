import { type PersonId, personId, type WorkspaceId, workspaceId } from '../../../contract/ids.ts'
import type { Ctx } from '../context.ts'
import type { Actor } from '../http/actor.ts'

export interface SeededWorkspace {
  workspaceId: WorkspaceId
  slug: string
  ownerId: PersonId
  /** The owner, as use cases take it. */
  owner: Actor
}

/** A workspace with its owner, who can't sign in: tests act as the owner, they don't log in. */
export async function seedWorkspace(ctx: Ctx): Promise<SeededWorkspace> {
  const workspace = workspaceId.parse(ctx.random.id('wsp'))
  const person = personId.parse(ctx.random.id('per'))
  const slug = `test-${workspace.slice(-12)}`
  await ctx.db.asWorker(async (tx) => {
    await tx.insertInto('workspaces').values({ id: workspace, slug, name: 'Test workspace' }).execute()
    await tx
      .insertInto('people')
      .values({ id: person, email: `${slug}@example.com`, name: 'Olivia Owner', password_hash: '' })
      .execute()
    await tx
      .insertInto('members')
      .values({ workspace_id: workspace, person_id: person, role: 'owner' })
      .execute()
  })
  const owner: Actor = {
    kind: 'person',
    id: person,
    workspaceId: workspace,
    role: 'owner',
    scopes: ['read', 'send', 'manage'],
    name: 'Olivia Owner',
  }
  return { workspaceId: workspace, slug, ownerId: person, owner }
}
