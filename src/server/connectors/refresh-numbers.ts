import { type ConnectorId, connectorId, type WorkspaceId, workspaceId } from '../../contract/index.ts'
import type { Ctx } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { changeNumber } from './change-number.ts'
import { numberValues } from './number-values.ts'
import { forgetConnections, metaConnectionOf } from './open-connection.ts'
import { selectConnector } from './queries.ts'
import { selectNumbersOf } from './queries-numbers.ts'

const refreshJob = 'connectors.refresh-numbers'

export function defineConnectorsJobs(ctx: ServerCtx): void {
  ctx.jobs.define(refreshJob, async ({ workspace_id, connector_id, inbound_log_id }) => {
    const toldBy = typeof inbound_log_id === 'string' ? inbound_log_id : null
    await refreshNumbers(ctx, workspaceId.parse(workspace_id), connectorId.parse(connector_id), toldBy)
  })
}

/** Webhooks say that something changed, not always to what: the provider is asked. */
export async function requestRefresh(
  ctx: Ctx,
  workspace: WorkspaceId,
  connector: ConnectorId,
  inboundLogId: string | null,
): Promise<void> {
  const data = { workspace_id: workspace, connector_id: connector, inbound_log_id: inboundLogId }
  await ctx.jobs.add(refreshJob, data, { jobId: `${refreshJob}-${connector}` })
}

/**
 * Reads name, quality, limit and throughput of a connector's numbers anew. What can't be read stays as it is; `isRead`:
 * nothing was refused.
 */
export async function refreshNumbers(
  ctx: ServerCtx,
  workspace: WorkspaceId,
  connector: ConnectorId,
  inboundLogId: string | null = null,
): Promise<{ isRead: boolean }> {
  const { row, numbers } = await ctx.db.inWorkspace(workspace, async (tx) => ({
    row: await selectConnector(tx, workspace, connector),
    numbers: await selectNumbersOf(tx, workspace, [connector]),
  }))
  if (row === null || row.status === 'DISCONNECTED') return { isRead: false }
  // Gupshup sends the values themselves and has no call to ask for them.
  if (row.provider === 'gupshup') return { isRead: true }
  const connection = metaConnectionOf(ctx, row)
  let isChanged = false
  let isRead = true
  for (const number of numbers) {
    const reading = await ctx.providers.meta.readNumber(connection, number.phone_number_id)
    if (!reading.ok) {
      const { code } = reading.error
      ctx.log.warn({ workspace_id: workspace, number_id: number.id, code }, 'number could not be read')
      isRead = false
      continue
    }
    const values = numberValues(reading.value)
    const changed = await ctx.db.inWorkspace(workspace, (tx) =>
      changeNumber(
        ctx,
        tx,
        { workspaceId: workspace, numberId: number.id, values },
        { at: ctx.clock.now(), inboundLogId },
      ),
    )
    isChanged ||= changed
  }
  if (isChanged) tellRefreshed(ctx, workspace, connector)
  return { isRead }
}

function tellRefreshed(ctx: ServerCtx, workspace: WorkspaceId, connector: ConnectorId): void {
  forgetConnections(ctx)
  ctx.live.changed(workspace, { topic: 'connector', id: connector })
  ctx.live.changed(workspace, { topic: 'notice', id: connector })
}
