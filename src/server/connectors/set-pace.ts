import type { NumberId, WhatsAppNumber } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, ParleyError } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { forgetConnections } from './open-connection.ts'
import { presentNumber } from './present-number.ts'
import { selectNumber, updatePaceOverride } from './queries-numbers.ts'

/** Sets a pace below the provider's limit, in messages per second; null takes it away. */
export async function setPace(
  ctx: ServerCtx,
  actor: Actor,
  id: NumberId,
  paceOverridePerSecond: number | null,
): Promise<WhatsAppNumber> {
  const { workspaceId } = actor
  const { before, after } = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const before = await selectNumber(tx, workspaceId, id)
    const after = await updatePaceOverride(tx, workspaceId, id, paceOverridePerSecond)
    if (before === null || after === null) throw new ParleyError('not_found', 'There is no such number.')
    await recordAudit(tx, actor, {
      action: 'number.pace_changed',
      subject_id: id,
      subject_name: before.display_phone_number,
      before: { pace_override_per_second: before.pace_override_per_second },
      after: { pace_override_per_second: paceOverridePerSecond },
    })
    return { before, after }
  })
  forgetConnections(ctx)
  ctx.live.changed(workspaceId, { topic: 'connector', id: before.connector_id })
  ctx.wake.signal(`lane:${id}`)
  return presentNumber(after)
}
