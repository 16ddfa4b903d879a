import { type Ctx, ParleyError } from '../platform/index.ts'
import { hashToken } from './credential.ts'
import { updateSessionWorkspace } from './queries-sessions.ts'
import { readSession } from './resolve-credential.ts'

/** This browser looks at the workspace from now on. Throws not_found when it isn't one of the person's. */
export async function switchWorkspace(
  ctx: Ctx,
  { token, slug }: { token: string; slug: string },
): Promise<{ workspaceId: string }> {
  const signedIn = await readSession(ctx, token)
  const wanted = signedIn?.memberships.find((entry) => entry.slug === slug)
  if (!wanted) throw new ParleyError('not_found', 'There is no such workspace.')
  await updateSessionWorkspace(ctx.db.worker, hashToken(token), wanted.workspace_id)
  return { workspaceId: wanted.workspace_id }
}
