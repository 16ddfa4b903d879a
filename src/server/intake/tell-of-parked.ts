import type { WorkspaceId } from '../../contract/index.ts'
import { raiseNotice, resolveNotices } from '../notices/index.ts'
import type { Db } from '../platform/index.ts'
import type { LogResult } from './inbound-log.ts'
import { countParked } from './queries-work.ts'

/** Workspaces whose number of parked webhooks may have changed: one was set aside, or one was worked on again. */
export function workspacesToTell(
  results: readonly (Pick<LogResult, 'workspace_id' | 'verdict'> & { isAgain: boolean })[],
): WorkspaceId[] {
  const changed = results.filter(({ verdict, isAgain }) => verdict === 'parked' || isAgain)
  return [...new Set(changed.flatMap(({ workspace_id }) => workspace_id ?? []))]
}

/** The bell says how many webhooks are set aside, and falls silent when the last of them was worked on. */
export async function tellOfParked(db: Db, workspaceId: WorkspaceId, at: Date): Promise<void> {
  const count = await countParked(db, workspaceId)
  if (count === 0) await resolveNotices(db, workspaceId, { kinds: ['webhooks_parked'] })
  else await raiseNotice(db, workspaceId, { kind: 'webhooks_parked', params: { count }, at })
}
