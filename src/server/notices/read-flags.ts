import { type Flag, noticeKinds, type WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import { presentFlag } from './present-notice.ts'
import { selectOpenNotices } from './queries.ts'

const order = { critical: 0, warning: 1, info: 2 } as const

/** What stands about any of the subjects, the worst first. News that have no end are no flags. */
export async function readFlags(
  db: Db,
  workspaceId: WorkspaceId,
  subjectIds: readonly string[],
): Promise<Flag[]> {
  const rows = await selectOpenNotices(db, workspaceId, subjectIds)
  return rows
    .map(presentFlag)
    .filter(({ kind }) => noticeKinds[kind].standing)
    .toSorted((a, b) => order[a.severity] - order[b.severity])
}
