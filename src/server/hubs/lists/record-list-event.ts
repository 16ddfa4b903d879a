import { type ListId, listId, type WorkspaceId } from '../../../contract/index.ts'
import { appendEvent } from '../../events/index.ts'
import type { Db } from '../../platform/index.ts'
import { countList } from './count-list.ts'
import { selectCounts } from './count-queries.ts'
import type { ListRow } from './list.ts'

/** Tells customers' endpoints, in the transaction of the change. */
export async function recordListEvent(
  db: Db,
  workspaceId: WorkspaceId,
  { list, type, at, reason }: { list: ListRow; type: ListEventType; at: Date; reason?: string },
): Promise<void> {
  const { counts } = countList(list, await selectCounts(db, workspaceId, [list.id]))
  await appendEvent(db, workspaceId, {
    type,
    at,
    number_id: list.number_id,
    list_id: list.id,
    data: {
      instance_id: list.number_id,
      instance_name: list.number_name,
      list_id: list.id,
      hub_id: list.hub_id,
      name: list.name,
      ...(reason === undefined ? {} : { reason }),
      counts,
    },
  })
}

export type ListEventType = 'list.started' | 'list.paused' | 'list.finished'

export function listIdOf(list: Pick<ListRow, 'id'>): ListId {
  return listId.parse(list.id)
}
