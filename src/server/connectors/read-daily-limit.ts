import type { WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { selectDailyLimitUse, selectFreeingPlaces } from './queries-limits.ts'

/** The daily limit a number draws on, as it stands now. */
export interface DailyLimit {
  total: number
  used: number
  /** Places that fall free, earliest first. */
  frees: { until: Date; people: number }[]
}

/** null where the number has no limit. */
export async function readDailyLimit(
  db: Db,
  workspaceId: WorkspaceId,
  numberId: string,
): Promise<DailyLimit | null> {
  const [use] = await selectDailyLimitUse(db, workspaceId, [numberId])
  if (use === undefined || use.total === null || use.used === null) return null
  const frees = await selectFreeingPlaces(db, workspaceId, numberId)
  return { total: use.total, used: use.used, frees }
}
