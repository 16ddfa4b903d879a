import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { revokeApiKeyRow } from './queries-api-keys.ts'

/** Works from the next request on; the row stays, because the audit log names it. Throws not_found. */
export async function revokeApiKey(ctx: Ctx, actor: Actor, apiKeyId: string): Promise<void> {
  const { workspaceId } = actor
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const row = await revokeApiKeyRow(tx, workspaceId, apiKeyId)
    if (!row) throw new ParleyError('not_found', 'There is no such API key.')
    await recordAudit(tx, actor, { action: 'api_key.revoked', subject_id: row.id, subject_name: row.name })
  })
}
