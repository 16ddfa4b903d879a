import type { List, ListId } from '../../../contract/index.ts'
import { type Actor, type Ctx, ParleyError } from '../../platform/index.ts'
import { changeList } from './change-list.ts'
import { resolvePause } from './pause-list.ts'
import { updateState } from './queries.ts'
import { openGate } from './set-gate.ts'
import { startOrSchedule } from './start-list.ts'

/** A list that was paused before its time waits for it again; one whose time was missed starts now. */
export function resumeList(ctx: Ctx, actor: Actor, listId: ListId): Promise<List> {
  const { workspaceId } = actor
  return changeList(ctx, actor, {
    listId,
    change: {
      act: 'resume',
      action: 'list.resumed',
      apply: async (tx, list) => {
        if (!list.hub_enabled) throw new ParleyError('hub_disabled', 'The hub is disabled. Enable it first.')
        await resolvePause(tx, workspaceId, list.id)
        const now = ctx.clock.now()
        if (!list.started_at) return startOrSchedule(tx, workspaceId, { list, now })
        await updateState(tx, workspaceId, list.id, { state: 'running', despite: list.pause_reason })
        await openGate(tx, workspaceId, { list, now })
      },
    },
  })
}
