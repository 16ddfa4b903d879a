import { type ApiKey, apiKeyId, type CreateApiKey } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { hashToken, makeApiKey } from './credential.ts'
import { presentApiKey } from './present-workspace.ts'
import { insertApiKey } from './queries-api-keys.ts'

/** A key with its secret, which is shown this once. Throws forbidden when a key asks for scopes it does not have. */
export async function createApiKey(
  ctx: Ctx,
  actor: Actor,
  { name, scopes }: CreateApiKey,
): Promise<ApiKey & { secret: string }> {
  const { workspaceId } = actor
  const missing = scopes.find((scope) => !actor.scopes.includes(scope))
  if (missing) throw new ParleyError('forbidden', `This credential does not have the scope "${missing}".`)
  const { secret, hint } = makeApiKey(ctx.random)
  const row = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const id = apiKeyId.parse(ctx.random.id('key'))
    await recordAudit(tx, actor, {
      action: 'api_key.created',
      subject_id: id,
      subject_name: name,
      after: { scopes, hint },
    })
    return insertApiKey(tx, workspaceId, {
      id,
      name,
      hint,
      secret_hash: hashToken(secret),
      scopes: [...new Set(scopes)],
      created_by: actor.kind === 'person' ? actor.id : null,
    })
  })
  return { ...presentApiKey(row), secret }
}
