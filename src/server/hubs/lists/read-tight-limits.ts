import type { WorkspaceId } from '../../../contract/index.ts'
import { type DailyLimit, readDailyLimit, selectRoughRoom } from '../../connectors/index.ts'
import type { Db } from '../../platform/index.ts'
import { countList } from './count-list.ts'
import { countNewPeople } from './count-new-people.ts'
import type { CountRow } from './count-queries.ts'
import type { ListRow } from './list.ts'

/** A daily limit that stands in the way of a list, and how many of those who wait in the list it concerns. */
export interface TightLimit {
  limit: DailyLimit
  newPeople: number
}

/**
 * Pages ask for this every few seconds, and to look for those who take no place costs a second in a million. Above this,
 * everybody who waits is taken for new, so that the list ends a little before its forecast.
 */
const lookedThroughMax = 100_000

/**
 * Of the lists that don't fit into what is free of the daily limit, by list. Most do: for those nothing is read, which
 * would count every person of the day.
 */
export async function readTightLimits(
  db: Db,
  workspaceId: WorkspaceId,
  lists: readonly ListRow[],
  counts: readonly CountRow[],
): Promise<Map<string, TightLimit>> {
  const goingOut = lists.filter(({ state }) => state === 'running' || state === 'scheduled')
  const tight = new Map<string, TightLimit>()
  if (goingOut.length === 0) return tight
  const rooms = await selectRoughRoom(db, workspaceId, [...new Set(goingOut.map((list) => list.number_id))])
  const limits = new Map<string, DailyLimit | null>()
  for (const list of goingOut) {
    const ofList = counts.filter(({ list_id }) => list_id === list.id)
    const { waiting } = countList(list, ofList).counts
    const room = rooms.get(list.number_id)
    if (room === undefined || waiting <= room) continue
    if (!limits.has(list.number_id))
      limits.set(list.number_id, await readDailyLimit(db, workspaceId, list.number_id))
    const limit = limits.get(list.number_id)
    if (!limit) continue
    const newPeople =
      waiting > lookedThroughMax ? waiting : await countNewPeople(db, { listId: list.id, waiting })
    tight.set(list.id, { limit, newPeople })
  }
  return tight
}
