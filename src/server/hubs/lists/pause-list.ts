import type { List, ListId, WorkspaceId } from '../../../contract/index.ts'
import type { Actor, Ctx, Db } from '../../platform/index.ts'
import { changeList } from './change-list.ts'
import type { GovernorReason } from './governor.ts'
import type { ListRow } from './list.ts'
import { updateState } from './queries.ts'
import { recordListEvent } from './record-list-event.ts'
import { shutGate } from './set-gate.ts'

/** Shuts the gate in the same transaction: only requests already on their way still go out. */
export function pauseList(ctx: Ctx, actor: Actor, listId: ListId): Promise<List> {
  return changeList(ctx, actor, {
    listId,
    change: {
      act: 'pause',
      action: 'list.paused',
      apply: (tx, list) =>
        pauseLockedList(tx, actor.workspaceId, { list, reason: 'person', now: ctx.clock.now() }),
    },
  })
}

/** `person`: somebody pressed pause. `missed_start`: its time passed while no hub ran, so it asks instead of firing. */
export type PauseReason = 'person' | 'missed_start' | GovernorReason

export async function pauseLockedList(
  db: Db,
  workspaceId: WorkspaceId,
  { list, reason, now, until = null }: { list: ListRow; reason: PauseReason; now: Date; until?: Date | null },
): Promise<void> {
  await updateState(db, workspaceId, list.id, { state: 'paused', pauseReason: reason, pauseUntil: until })
  await shutGate(db, workspaceId, list)
  await recordListEvent(db, workspaceId, { list, type: 'list.paused', at: now, reason })
}
