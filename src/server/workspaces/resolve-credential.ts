import { type WorkspaceId, workspaceId } from '../../contract/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { hashToken } from './credential.ts'
import { selectApiKeyByHash, touchApiKey } from './queries-api-keys.ts'
import { selectSignedIn, touchSession } from './queries-sessions.ts'
import { actorIn, type SignedIn, signedInFrom } from './signed-in.ts'

/** `slug` is the one in the path, when there is one: it chooses among the workspaces of the credential, never more. */
export interface WantedWorkspace {
  slug: string | null
}

/** The actor behind an API key; null for a key that is unknown or revoked. Throws not_found for another workspace. */
export async function resolveApiKey(
  ctx: Ctx,
  secret: string,
  { slug }: WantedWorkspace,
): Promise<Actor | null> {
  const key = await selectApiKeyByHash(ctx.db.worker, hashToken(secret))
  if (!key) return null
  if (slug !== null && slug !== key.workspace_slug) throw noSuchWorkspace()
  const workspace: WorkspaceId = workspaceId.parse(key.workspace_id)
  if (key.is_use_stale) await touchApiKey(ctx.db.worker, workspace, key.id)
  return {
    kind: 'api_key',
    id: key.id,
    workspaceId: workspace,
    role: key.scopes.includes('manage') ? 'admin' : 'supervisor',
    scopes: key.scopes,
    name: key.name,
  }
}

/** The person behind a session's token; null when the session has ended. */
export async function readSession(ctx: Ctx, token: string): Promise<SignedIn | null> {
  const tokenHash = hashToken(token)
  const row = await selectSignedIn(ctx.db.worker, tokenHash)
  if (!row) return null
  if (row.is_sight_stale) await touchSession(ctx.db.worker, tokenHash)
  return signedInFrom(row)
}

/** The actor behind a session; null when it has ended. Throws not_found for a workspace that isn't theirs. */
export async function resolveSession(
  ctx: Ctx,
  token: string,
  { slug }: WantedWorkspace,
): Promise<Actor | null> {
  const signedIn = await readSession(ctx, token)
  if (!signedIn) return null
  const { person, memberships, current } = signedIn
  const wanted = slug === null ? current : memberships.find((entry) => entry.slug === slug)
  if (wanted) return actorIn(person, wanted)
  if (slug !== null) throw noSuchWorkspace()
  throw new ParleyError('forbidden', 'You belong to no workspace. Ask an owner for an invitation.')
}

function noSuchWorkspace(): ParleyError {
  return new ParleyError('not_found', 'There is no such workspace.')
}
