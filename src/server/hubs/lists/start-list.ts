import type { List, ListId, WorkspaceId } from '../../../contract/index.ts'
import { type Actor, type Ctx, type Db, ParleyError } from '../../platform/index.ts'
import { changeList } from './change-list.ts'
import { findObstacles } from './find-obstacles.ts'
import type { ListRow } from './list.ts'
import { preflightCounts } from './preflight-list.ts'
import { updateState } from './queries.ts'
import { recordListEvent } from './record-list-event.ts'
import { openGate } from './set-gate.ts'

/** Starts the list now, or leaves it to its time. Throws the first obstacle's code, with all of them in the details. */
export function startList(ctx: Ctx, actor: Actor, listId: ListId): Promise<List> {
  return changeList(ctx, actor, {
    listId,
    change: {
      act: 'start',
      action: 'list.started',
      apply: async (tx, list) => {
        const { will_send } = await preflightCounts(tx, actor.workspaceId, list)
        const now = ctx.clock.now()
        const obstacles = await findObstacles(tx, actor.workspaceId, { list, willSend: will_send, now })
        const [first] = obstacles
        if (first) throw new ParleyError(first.code, first.message, { problems: obstacles })
        await startOrSchedule(tx, actor.workspaceId, { list, now })
      },
    },
  })
}

/** For a locked list that may run. */
export async function startOrSchedule(
  db: Db,
  workspaceId: WorkspaceId,
  { list, now }: { list: ListRow; now: Date },
): Promise<void> {
  if (list.starts_at && list.starts_at > now) {
    await updateState(db, workspaceId, list.id, { state: 'scheduled' })
    return
  }
  await runLockedList(db, workspaceId, { list, now })
}

/** Running, gate and event of a locked list, in one transaction. */
export async function runLockedList(
  db: Db,
  workspaceId: WorkspaceId,
  { list, now }: { list: ListRow; now: Date },
): Promise<void> {
  await updateState(db, workspaceId, list.id, { state: 'running', started: true })
  await openGate(db, workspaceId, { list, now })
  await recordListEvent(db, workspaceId, { list, type: 'list.started', at: now })
}
