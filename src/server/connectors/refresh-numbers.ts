import { type ConnectorId, connectorId, type WorkspaceId, workspaceId } from '../../contract/index.ts'
import type { Ctx } from '../platform/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { numberValues } from './number-values.ts'
import { forgetConnections, metaConnectionOf } from './open-connection.ts'
import { selectConnector } from './queries.ts'
import { selectNumbersOf, updateNumber } from './queries-numbers.ts'

const refreshJob = 'connectors.refresh-numbers'

export function defineConnectorsJobs(ctx: ServerCtx): void {
  ctx.jobs.define(refreshJob, async ({ workspace_id, connector_id }) => {
    await refreshNumbers(ctx, workspaceId.parse(workspace_id), connectorId.parse(connector_id))
  })
}

/** Webhooks say that something changed, not always to what: the provider is asked. */
export async function requestRefresh(
  ctx: Ctx,
  workspace: WorkspaceId,
  connector: ConnectorId,
): Promise<void> {
  const data = { workspace_id: workspace, connector_id: connector }
  await ctx.jobs.add(refreshJob, data, { jobId: `${refreshJob}-${connector}` })
}

/** Reads name, quality, limit and throughput of a connector's numbers anew. What can't be read stays as it is. */
export async function refreshNumbers(
  ctx: ServerCtx,
  workspace: WorkspaceId,
  connector: ConnectorId,
): Promise<void> {
  const { row, numbers } = await ctx.db.inWorkspace(workspace, async (tx) => ({
    row: await selectConnector(tx, workspace, connector),
    numbers: await selectNumbersOf(tx, workspace, [connector]),
  }))
  if (row === null || row.status === 'DISCONNECTED') return
  // Gupshup sends the values themselves and has no call to ask for them.
  if (row.provider === 'gupshup') return
  const connection = metaConnectionOf(ctx, row)
  let isChanged = false
  for (const number of numbers) {
    const reading = await ctx.providers.meta.readNumber(connection, number.phone_number_id)
    if (!reading.ok) {
      const { code } = reading.error
      ctx.log.warn({ workspace_id: workspace, number_id: number.id, code }, 'number could not be read')
      continue
    }
    const values = numberValues(reading.value)
    const changed = await ctx.db.inWorkspace(workspace, (tx) =>
      updateNumber(tx, workspace, number.id, values),
    )
    isChanged ||= changed
  }
  if (!isChanged) return
  forgetConnections(ctx)
  ctx.live.changed(workspace, { topic: 'connector', id: connector })
}
