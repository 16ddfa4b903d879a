import { type ConnectorId, connectorId, type WorkspaceId, workspaceId } from '../../contract/index.ts'
import type { ServerCtx } from '../providers/index.ts'
import { forgetConnections, metaConnectionOf } from './open-connection.ts'
import { selectConnectedLong, selectConnector, updatePortfolio } from './queries.ts'
import { refreshNumbers } from './refresh-numbers.ts'
import { requestTemplateSync } from './request-template-sync.ts'

const hourMs = 3_600_000
const everyConnectorJob = 'connectors.catch-up'
const oneConnectorJob = 'connectors.catch-up-one'

/** Webhooks that never came, or came while the hub was down: what they would have told is known within the hour. */
export function defineCatchUpJobs(ctx: ServerCtx): void {
  ctx.jobs.define(
    everyConnectorJob,
    async () => {
      for (const ids of await selectConnectedLong(ctx.db.worker))
        await ctx.jobs.add(oneConnectorJob, ids, { jobId: `${oneConnectorJob}-${ids.connector_id}` })
    },
    { repeat: { everyMs: hourMs } },
  )
  // One try: the next is an hour away, and credentials that lapsed are not asked for again and again.
  ctx.jobs.define(
    oneConnectorJob,
    ({ workspace_id, connector_id }) =>
      catchUp(ctx, workspaceId.parse(workspace_id), connectorId.parse(connector_id)),
    { attemptsMax: 1 },
  )
}

/** Reads numbers, portfolio and templates of a connector anew. One that the provider does not answer for is left alone. */
export async function catchUp(ctx: ServerCtx, workspace: WorkspaceId, connector: ConnectorId): Promise<void> {
  const { isRead } = await refreshNumbers(ctx, workspace, connector)
  if (!isRead) return
  await refreshPortfolio(ctx, workspace, connector)
  await requestTemplateSync(ctx, workspace, connector)
}

/** Which portfolio's daily limit the numbers share. The provider's silence about it changes nothing. */
async function refreshPortfolio(
  ctx: ServerCtx,
  workspace: WorkspaceId,
  connector: ConnectorId,
): Promise<void> {
  const row = await ctx.db.inWorkspace(workspace, (tx) => selectConnector(tx, workspace, connector))
  if (row === null || row.provider === 'gupshup' || row.waba_id === null) return
  const waba = await ctx.providers.meta.readWaba(metaConnectionOf(ctx, row), row.waba_id)
  const portfolioId = waba.ok ? waba.value.portfolio_id : null
  if (portfolioId === null || portfolioId === row.portfolio_id) return
  await ctx.db.inWorkspace(workspace, (tx) => updatePortfolio(tx, workspace, connector, portfolioId))
  forgetConnections(ctx)
  ctx.live.changed(workspace, { topic: 'connector', id: connector })
}
