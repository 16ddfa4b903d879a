import type { List, ListId, WorkspaceId } from '../../../contract/index.ts'
import { type OpenNotice, raiseNotice, resolveNotices } from '../../notices/index.ts'
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
  // Whoever pressed pause knows.
  if (reason !== 'person') await raiseNotice(db, workspaceId, noticeOfPause(list, { reason, now, until }))
}

function noticeOfPause(
  list: ListRow,
  { reason, now, until }: { reason: Exclude<PauseReason, 'person'>; now: Date; until: Date | null },
): OpenNotice {
  const { id: subject_id, name: subject_name, hub_id, auto_resume } = list
  const subject = { subject_id, subject_name, at: now }
  if (reason === 'missed_start') {
    const params = { hub_id, starts_at: list.starts_at?.toISOString() ?? null }
    return { ...subject, kind: 'list_start_missed', params }
  }
  const params = { hub_id, reason, until: until?.toISOString() ?? null, auto_resume }
  return { ...subject, kind: 'list_paused', params }
}

/** It goes on, or is over: nothing is left to be done about the pause. */
export async function resolvePause(db: Db, workspaceId: WorkspaceId, listId: string): Promise<void> {
  await resolveNotices(db, workspaceId, { kinds: ['list_paused', 'list_start_missed'], subject_id: listId })
}
