import type { WorkspaceId } from '../../../contract/index.ts'
import { type DailyLimit, readDailyLimit, selectRoughRoom } from '../../connectors/index.ts'
import type { Db } from '../../platform/index.ts'
import { countList } from './count-list.ts'
import type { CountRow } from './count-queries.ts'
import type { ListRow } from './list.ts'

/**
 * The daily limits, by number, that stand in the way of one of these lists. Most lists fit into what is free: theirs
 * are not read, which would count every person of the day.
 */
export async function readTightLimits(
  db: Db,
  workspaceId: WorkspaceId,
  lists: readonly ListRow[],
  counts: readonly CountRow[],
): Promise<Map<string, DailyLimit>> {
  const waiting = waitingByNumber(lists, counts)
  if (waiting.size === 0) return new Map()
  const rooms = await selectRoughRoom(db, workspaceId, [...waiting.keys()])
  const limits = new Map<string, DailyLimit>()
  for (const [numberId, most] of waiting) {
    const room = rooms.get(numberId)
    if (room === undefined || most <= room) continue
    const limit = await readDailyLimit(db, workspaceId, numberId)
    if (limit) limits.set(numberId, limit)
  }
  return limits
}

/** Of each number, how many wait in the longest of its lists. */
function waitingByNumber(lists: readonly ListRow[], counts: readonly CountRow[]): Map<string, number> {
  const waiting = new Map<string, number>()
  for (const list of lists) {
    if (list.state !== 'running' && list.state !== 'scheduled') continue
    const ofList = counts.filter(({ list_id }) => list_id === list.id)
    const most = Math.max(waiting.get(list.number_id) ?? 0, countList(list, ofList).counts.waiting)
    if (most > 0) waiting.set(list.number_id, most)
  }
  return waiting
}
