import type { List, ListId, WorkspaceId } from '../../../contract/index.ts'
import { type Ctx, type Db, ParleyError } from '../../platform/index.ts'
import { selectCounts } from './count-queries.ts'
import type { ListRow } from './list.ts'
import { presentList } from './present-list.ts'
import { lockList, selectList } from './queries.ts'
import { readTightLimits } from './read-tight-limits.ts'

export function readList(ctx: Ctx, workspaceId: WorkspaceId, listId: ListId): Promise<List> {
  return ctx.db.inWorkspace(workspaceId, async (tx) => {
    const row = found(await selectList(tx, workspaceId, listId))
    const counts = await selectCounts(tx, workspaceId, [listId])
    const limits = await readTightLimits(tx, workspaceId, [row], counts)
    return presentList(row, counts, { now: ctx.clock.now(), tight: limits.get(row.id) ?? null })
  })
}

/** Throws not_found, also for the list of another workspace. */
export async function getList(db: Db, workspaceId: WorkspaceId, listId: string): Promise<ListRow> {
  return found(await selectList(db, workspaceId, listId))
}

/** The same, held until the end of the transaction. */
export async function getLockedList(db: Db, workspaceId: WorkspaceId, listId: string): Promise<ListRow> {
  return found(await lockList(db, workspaceId, listId))
}

function found(row: ListRow | null): ListRow {
  if (!row) throw new ParleyError('not_found', 'There is no such list.')
  return row
}
