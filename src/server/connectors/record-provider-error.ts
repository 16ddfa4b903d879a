import { createHash } from 'node:crypto'
import type { ConnectorId, NumberId, WorkspaceId } from '../../contract/index.ts'
import { raiseNotice } from '../notices/index.ts'
import type { Ctx } from '../platform/index.ts'
import { describeError, type ErrorFact, isTooFast } from '../providers/index.ts'
import type { Heard } from './apply-account-change.ts'
import { selectConnector } from './queries.ts'
import { insertChange } from './queries-changes.ts'
import { noteToldLimits } from './queries-slow-downs.ts'

/**
 * The provider reports an error that belongs to no message: it stands in the history, and the bell tells of it. Such news
 * have neither id nor time, so the same error counts once a day of its coming; but a number that is too fast slows down each
 * time it is told so.
 */
export async function recordProviderError(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  place: { connectorId: ConnectorId; numberId: NumberId | null },
  { error }: ErrorFact,
  { inboundLogId, at }: Heard,
): Promise<'applied' | 'repeat'> {
  const { connectorId, numberId } = place
  const description = error.detail ?? error.title
  const isNew = await ctx.db.inWorkspace(workspaceId, async (tx) => {
    const day = at.toISOString().slice(0, 10)
    const recorded = await insertChange(tx, workspaceId, {
      ...{ connector_id: connectorId, number_id: numberId, topic: 'error', aspect: '', change: error.code },
      ...{ previous: null, value: null, details: { description } },
      ...{ at, inbound_log_id: inboundLogId, mark: markOf([error.code, description, day]) },
    })
    const connector = recorded ? await selectConnector(tx, workspaceId, connectorId) : null
    if (connector === null) return false
    const { reason } = describeError(error.code)
    await raiseNotice(tx, workspaceId, {
      ...{ kind: 'provider_error', subject_id: connectorId, subject_name: connector.name, at },
      params: { code: error.code, reason, description },
    })
    return true
  })
  if (numberId !== null && isTooFast(error.code))
    await noteToldLimits(ctx.db.worker, workspaceId, numberId, { tooFast: [at], crowded: [] })
  if (!isNew) return 'repeat'
  ctx.live.changed(workspaceId, { topic: 'connector', id: connectorId })
  ctx.live.changed(workspaceId, { topic: 'notice', id: connectorId })
  return 'applied'
}

function markOf(said: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 32)
}
