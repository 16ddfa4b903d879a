import type { List, ListId } from '../../../contract/index.ts'
import { recordAudit } from '../../events/index.ts'
import { cancelListMessages } from '../../messages/index.ts'
import type { Actor, Ctx, Db } from '../../platform/index.ts'
import { changeList } from './change-list.ts'
import { countUnexpanded, insertCountDelta } from './count-queries.ts'
import type { ListRow } from './list.ts'
import { updateState } from './queries.ts'
import { listIdOf } from './record-list-event.ts'
import { shutGate } from './set-gate.ts'

/** Takes back all that was not sent. What is in flight ends by itself and is counted. */
export function cancelList(ctx: Ctx, actor: Actor, listId: ListId): Promise<List> {
  return changeList(ctx, actor, {
    listId,
    change: {
      act: 'cancel',
      action: 'list.cancelled',
      apply: (tx, list) => cancelAll(tx, actor, list),
    },
  })
}

/** For a locked list whose hub goes away. */
export async function cancelLockedList(db: Db, actor: Actor, list: ListRow): Promise<void> {
  await cancelAll(db, actor, list)
  await recordAudit(db, actor, {
    action: 'list.cancelled',
    subject_id: list.id,
    subject_name: list.name,
    before: { state: list.state },
  })
}

async function cancelAll(db: Db, { workspaceId }: Actor, list: ListRow): Promise<void> {
  await insertCountDelta(db, workspaceId, {
    listId: list.id,
    bucket: 'skipped',
    reason: 'cancelled',
    n: await countUnexpanded(db, workspaceId, list.id),
  })
  await updateState(db, workspaceId, list.id, { state: 'cancelled', ended: true })
  await shutGate(db, workspaceId, list)
  await cancelListMessages(db, workspaceId, listIdOf(list))
}
