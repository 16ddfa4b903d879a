import type { EndpointId, Replay, ReplayId } from '../../contract/index.ts'
import { recordAudit } from '../events/index.ts'
import { type Actor, type Ctx, ParleyError } from '../platform/index.ts'
import { cancelReplayRow, selectReplay } from './queries-replays.ts'
import { presentReplay } from './replay-span.ts'

/**
 * Ends a replay where it stands, and what it queued that is not delivered yet. Ended ones stay as they are. Errors:
 * `not_found`.
 */
export async function cancelReplay(
  ctx: Ctx,
  actor: Actor,
  { endpointId, replayId }: { endpointId: EndpointId; replayId: ReplayId },
): Promise<Replay> {
  const { workspaceId } = actor
  const replay = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const before = await selectReplay(tx, workspaceId, replayId)
    if (before?.endpoint_id !== endpointId) throw new ParleyError('not_found', 'There is no such replay.')
    await cancelReplayRow(tx, workspaceId, replayId)
    await recordAudit(tx, actor, { action: 'endpoint.replay_cancelled', subject_id: endpointId })
    return (await selectReplay(tx, workspaceId, replayId)) ?? before
  })
  ctx.live.changed(workspaceId, { topic: 'endpoint', id: endpointId })
  ctx.live.changed(workspaceId, { topic: 'delivery', id: replayId })
  return presentReplay(replay)
}
