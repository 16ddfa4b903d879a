import { recordAudit } from '../events/index.ts'
import type { Actor, Ctx } from '../platform/index.ts'
import { updateWorkspaceName } from './queries.ts'

export async function renameWorkspace(ctx: Ctx, actor: Actor, name: string): Promise<void> {
  const { workspaceId } = actor
  await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const nameBefore = await updateWorkspaceName(tx, workspaceId, name)
    await recordAudit(tx, actor, {
      action: 'workspace.renamed',
      subject_id: workspaceId,
      subject_name: name,
      before: { name: nameBefore },
      after: { name },
    })
  })
}
