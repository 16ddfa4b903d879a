import type { ConnectorId, WorkspaceId } from '../../contract/index.ts'
import type { AccountFact, ServerCtx } from '../providers/index.ts'
import { upsertRestriction } from './queries-limits.ts'
import { restrictionIn } from './restriction.ts'

/** Keeps what the provider forbids the account, for the governor of lists. Says whether the fact was about that. */
export async function recordRestriction(
  ctx: ServerCtx,
  workspaceId: WorkspaceId,
  connectorId: ConnectorId,
  fact: AccountFact,
): Promise<boolean> {
  const now = ctx.clock.now()
  const restriction = restrictionIn(fact, now)
  if (restriction === null) return false
  await ctx.db.inWorkspace(workspaceId, (tx) =>
    upsertRestriction(tx, workspaceId, { connectorId, ...restriction, toldAt: fact.at ?? now }),
  )
  ctx.live.changed(workspaceId, { topic: 'connector', id: connectorId })
  return true
}
