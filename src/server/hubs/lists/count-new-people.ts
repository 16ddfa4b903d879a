import type { Db } from '../../platform/index.ts'
import { selectFreePeople } from './count-queries.ts'

/** Of those who wait in the list, how many will take a place of the daily limit, as things stand now. */
export async function countNewPeople(
  db: Db,
  { listId, waiting }: { listId: string; waiting: number },
): Promise<number> {
  return Math.max(0, waiting - (await selectFreePeople(db, listId)))
}
