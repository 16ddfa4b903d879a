import type { ConnectorId, WorkspaceId } from '../../contract/index.ts'
import type { Db } from '../platform/index.ts'
import type { AccountFact } from '../providers/index.ts'
import { upsertRestriction } from './queries-limits.ts'
import { restrictionIn } from './restriction.ts'

/** Keeps what the provider forbids the account, for the governor of lists. Says whether the fact was about that. */
export async function recordRestriction(
  db: Db,
  { workspace, connector, at }: { workspace: WorkspaceId; connector: ConnectorId; at: Date },
  fact: AccountFact,
): Promise<boolean> {
  const restriction = restrictionIn(fact, at)
  if (restriction === null) return false
  await upsertRestriction(db, workspace, { connectorId: connector, ...restriction, toldAt: at })
  return true
}
