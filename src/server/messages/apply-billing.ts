import type { NumberId, WorkspaceId } from '../../contract/index.ts'
import type { Ctx } from '../platform/index.ts'
import type { BillingFact } from '../providers/index.ts'
import { updatePricing } from './queries-elsewhere.ts'
import { selectByExternalIds } from './queries-statuses.ts'

/** What a message was charged as: the provider's bill is the last word. `kept`: no message of ours has this id. */
export async function applyBilling(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  numberId: NumberId,
  { external_id, pricing }: BillingFact,
): Promise<'applied' | 'repeat' | 'kept'> {
  return await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const [message] = await selectByExternalIds(tx, workspaceId, numberId, [external_id])
    if (message === undefined) return 'kept'
    return (await updatePricing(tx, workspaceId, message.id, pricing)) ? 'applied' : 'repeat'
  })
}
