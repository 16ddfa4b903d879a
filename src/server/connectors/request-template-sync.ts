import type { ConnectorId, WorkspaceId } from '../../contract/index.ts'
import type { Ctx } from '../platform/index.ts'

/** The job's name; the templates room does the work. */
export const templateSyncJob = 'templates.sync'

/** Asks for a sync soon; asked again while one waits, nothing is added. */
export async function requestTemplateSync(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  connectorId: ConnectorId,
): Promise<void> {
  await ctx.jobs.add(
    templateSyncJob,
    { workspace_id: workspaceId, connector_id: connectorId },
    { jobId: `${templateSyncJob}-${connectorId}` },
  )
}
