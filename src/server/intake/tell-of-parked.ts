import type { WorkspaceId } from '../../contract/index.ts'
import { raiseNotice, resolveNotices, rewordNotice } from '../notices/index.ts'
import type { Db } from '../platform/index.ts'
import type { LogResult } from './inbound-log.ts'
import { countParked } from './queries-work.ts'

/** Workspaces whose number of parked webhooks may have changed: one was set aside, or one that was is worked on again. */
export function workspacesToTell(
  results: readonly (Pick<LogResult, 'workspace_id' | 'verdict'> & { wasParked: boolean })[],
): WorkspaceId[] {
  const changed = results.filter(({ verdict, wasParked }) => verdict === 'parked' || wasParked)
  return [...new Set(changed.flatMap(({ workspace_id }) => workspace_id ?? []))].toSorted()
}

/**
 * The bell says how many webhooks are set aside, and falls silent when the last of them was worked on. It rings for what
 * was not set aside before: a replay that did not help is no news.
 */
export async function tellOfParked(db: Db, workspaceId: WorkspaceId, at: Date): Promise<void> {
  const { count, has_new } = await countParked(db, workspaceId)
  const notice = { kind: 'webhooks_parked', params: { count } } as const
  if (count === 0) await resolveNotices(db, workspaceId, { kinds: [notice.kind] })
  else if (has_new) await raiseNotice(db, workspaceId, { ...notice, at })
  else await rewordNotice(db, workspaceId, notice)
}
