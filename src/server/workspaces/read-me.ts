import { type Me, me } from '../../contract/index.ts'
import type { Ctx } from '../platform/index.ts'
import { ParleyError } from '../platform/index.ts'
import { selectMemberships, selectPerson } from './queries-people.ts'

/** Who is signed in and looks at which workspace; `workspaceId` null means the first one they joined. */
export async function readMe(
  ctx: Ctx,
  { personId, workspaceId, version }: { personId: string; workspaceId: string | null; version: string },
): Promise<Me> {
  const [person, workspaces] = await Promise.all([
    selectPerson(ctx.db.worker, personId),
    selectMemberships(ctx.db.worker, personId),
  ])
  const workspace = workspaces.find((entry) => entry.workspace_id === workspaceId) ?? workspaces[0]
  if (!person || !workspace) {
    throw new ParleyError('forbidden', 'You belong to no workspace. Ask an owner for an invitation.')
  }
  const { publicUrl, sandboxUrl } = ctx.config
  return me.parse({
    person,
    workspace,
    workspaces,
    installation: { public_url: publicUrl, sandbox_url: sandboxUrl, version },
  })
}
